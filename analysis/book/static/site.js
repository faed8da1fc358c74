/* Runs before the page is drawn: it marks that scripts run, and folds the cards on a
   narrow screen.  Without it every card is open and complete. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("pos-js");

  // A font that is ready after the first drawing moves every line.  The fonts are part of the
  // style sheet, so this is a matter of milliseconds; longer than that nobody waits.
  if (document.fonts && document.fonts.load) {
    var drawn = function () { root.classList.remove("pos-fonts"); };
    root.classList.add("pos-fonts");
    Promise.all(["1em", "600 1em"].map(function (face) {
      return document.fonts.load(face + ' "Book Sans"');
    })).then(drawn, drawn);
    setTimeout(drawn, 300);
  }

  function wanted(card) {
    return location.hash && card.parentNode.id === location.hash.slice(1);
  }
  function fold(card) {
    if (!wanted(card)) card.removeAttribute("open");
  }
  if (window.matchMedia("(max-width: 40rem)").matches) {
    // Cards are folded as they are read, so that nothing moves once it is shown.
    var reading = new MutationObserver(function (changes) {
      changes.forEach(function (change) {
        change.addedNodes.forEach(function (node) {
          if (node.nodeType === 1 && node.matches("details.pos-card__fold")) fold(node);
        });
      });
    });
    reading.observe(root, { childList: true, subtree: true });
    document.addEventListener("DOMContentLoaded", function () { reading.disconnect(); });
  }

  // A link to a claim opens its card, and its test in the ledger.
  function openTarget() {
    var target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target || !target.matches(".pos-card, .pos-ledger__table tr")) return;
    target.querySelectorAll("details.pos-card__fold, details.pos-ledger__why").forEach(
      function (part) { part.open = true; }
    );
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", openTarget);
  document.addEventListener("DOMContentLoaded", openTarget);

  // The numbers of the text become links to their origin when the reader asks for it.
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-trace]");
    if (!button) return;
    var on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    document.querySelectorAll("span[data-n]").forEach(function (number) {
      var at = document.getElementById("n-" + number.dataset.n);
      if (!at || number.closest("a, summary")) return;
      if (!on) {
        number.textContent = number.textContent;
        return;
      }
      var link = document.createElement("a");
      link.className = "pos-number";
      link.href = "#" + at.id;
      link.textContent = number.textContent;
      number.replaceChildren(link);
    });
  });
  function openNumber() {
    var at = location.hash.slice(0, 3) === "#n-" && document.getElementById(location.hash.slice(1));
    for (var part = at; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    if (at) at.scrollIntoView({ block: "center" });
  }
  window.addEventListener("hashchange", openNumber);
  document.addEventListener("DOMContentLoaded", openNumber);

  // Paper has nothing to click on.
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll(
      ".pos-card details:not([open]), .pos-resource details:not([open]), .pos-ledger details:not([open])"
    ));
    opened.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (part) { part.open = false; });
  });
})();

/* The definition of a term beside it: on hover, on focus, and on the first touch.
   It can be dismissed with Escape and does not go while the pointer is on it. */
(function () {
  "use strict";
  var bubble, shown, waiting;
  function make() {
    bubble = document.createElement("div");
    bubble.id = "pos-definition";
    bubble.className = "pos-definition";
    bubble.setAttribute("role", "tooltip");
    bubble.hidden = true;
    document.body.appendChild(bubble);
    bubble.addEventListener("pointerenter", function () { clearTimeout(waiting); });
    bubble.addEventListener("pointerleave", hideSoon);
  }
  function show(term) {
    if (!bubble) make();
    clearTimeout(waiting);
    if (shown) shown.removeAttribute("aria-describedby");
    shown = term;
    bubble.textContent = term.dataset.definition;
    bubble.hidden = false;
    term.setAttribute("aria-describedby", bubble.id);
    var at = term.getBoundingClientRect(), room = document.documentElement.clientWidth;
    var left = Math.max(8, Math.min(at.left, room - bubble.offsetWidth - 8));
    var above = at.bottom + bubble.offsetHeight + 12 > window.innerHeight;
    var top = above ? at.top - bubble.offsetHeight - 6 : at.bottom + 6;
    bubble.style.left = left + window.scrollX + "px";
    bubble.style.top = top + window.scrollY + "px";
  }
  function hide() {
    clearTimeout(waiting);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    bubble.hidden = true;
  }
  function hideSoon() { clearTimeout(waiting); waiting = setTimeout(hide, 200); }
  function termOf(event) { return event.target.closest && event.target.closest("a.pos-term"); }

  document.addEventListener("pointerover", function (event) {
    var term = termOf(event);
    if (term && event.pointerType !== "touch") show(term);
  });
  document.addEventListener("pointerout", function (event) {
    if (termOf(event) && event.pointerType !== "touch") hideSoon();
  });
  document.addEventListener("focusin", function (event) {
    var term = termOf(event);
    if (term) show(term); else hide();
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  var touched = null;
  document.addEventListener("pointerdown", function (event) {
    var term = event.pointerType === "touch" && termOf(event);
    touched = term && shown !== term ? term : null;
    if (event.pointerType === "touch" && !term && !(bubble && bubble.contains(event.target))) hide();
  });
  // The first touch shows the definition, the second follows the link.
  document.addEventListener("click", function (event) {
    var term = termOf(event);
    if (term && term === touched) { event.preventDefault(); show(term); }
    touched = null;
  });
})();
