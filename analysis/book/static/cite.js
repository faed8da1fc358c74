/* Buttons that copy a citation, and the address under which the reader is reading it.
   Without this script every citation is there; it only lacks an address that nobody knew
   when the pages were made. */
(function () {
  "use strict";
  var page = location.href.replace(/[?#].*$/, "");
  // A page on the reader's own disk has no address that another could open.
  if (/^https?:$/.test(location.protocol)) {
    document.querySelectorAll(".pos-here").forEach(function (place) {
      var anchor = place.dataset.anchor;
      place.textContent =
        place.dataset.before + page + (anchor ? "#" + anchor : "") + place.dataset.after;
    });
  }

  function select(text) {
    var range = document.createRange();
    range.selectNodeContents(text);
    var chosen = window.getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
  }
  function copy(text) {
    var words = text.textContent.trim();
    if (navigator.clipboard) return navigator.clipboard.writeText(words);
    // On a page that is not served safely a browser copies only what is selected.
    select(text);
    return document.execCommand("copy") ? Promise.resolve() : Promise.reject();
  }
  document.querySelectorAll(".pos-copy").forEach(function (text) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "pos-copybutton";
    button.textContent = "Copy";
    // What is copied: the name of its style, or its own.
    var name = text.matches("dd") && text.previousElementSibling;
    button.setAttribute(
      "aria-label",
      "Copy " + (name ? name.textContent : text.getAttribute("aria-label") || "APA citation")
    );
    var said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "pos-copied";
    button.addEventListener("click", function () {
      copy(text).then(
        function () { said.textContent = "Copied"; },
        function () { select(text); said.textContent = "Selected: copy it with the keyboard"; }
      );
      setTimeout(function () { said.textContent = ""; }, 4000);
    });
    if (name) {
      name.append(" ", button, said);
    } else {
      var line = document.createElement("div");
      line.className = "pos-copyline";
      line.append(button, said);
      text.after(line);
    }
  });
})();
