/* Runs before the page is drawn: it marks that scripts run, and folds the cards on a
   narrow screen.  Without it every card is open and complete. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("pos-js");

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
    target.querySelectorAll("details.pos-card__fold, details.pos-ledger__test").forEach(
      function (part) { part.open = true; }
    );
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", openTarget);
  document.addEventListener("DOMContentLoaded", openTarget);

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
