/* The search page: MiniSearch finds in the documents that came with the book, which are asked
   for with the first search.  They are divided by kind, the words found are marked, and the
   number found is said aloud. */
(function () {
  "use strict";
  var form = document.getElementById("search-form");
  if (!form || !window.MiniSearch) return;

  var field = form.elements.q, kind = form.elements.kind;
  var count = document.getElementById("search-count");
  var results = document.getElementById("search-results");
  var KIND = 0, TITLE = 1, TEXT = 2, NOTE = 4, ADDRESS = 5, VERDICT = 6;
  var FIRST = 5, MORE = 50;

  // 1,234 is one number, and so is 1 234 with a thin blank.
  var standard = window.MiniSearch.getDefault("tokenize");
  function tokens(text) { return standard(text.replace(/(\d)[,\u202f](?=\d{3}\b)/g, "$1")); }
  function bare(term) {
    return term.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  var index = new window.MiniSearch({
    idField: "at",
    fields: ["title", "text", "words"],
    extractField: function (row, name) {
      return name === "at" ? row.at : row.cells[{ title: 1, text: 2, words: 3 }[name]];
    },
    tokenize: tokens,
    processTerm: bare,
    searchOptions: {
      boost: { title: 3, words: 2 },
      combineWith: "AND",
      prefix: function (term) { return term.length > 2; },
      fuzzy: function (term) { return term.length > 5 && !/\d/.test(term) ? 0.15 : false; }
    }
  });

  // A script, because a page that is a file may not read another file.
  var book, asked = false;
  function load() {
    if (asked) return;
    asked = true;
    count.textContent = "The index is being read …";
    var script = document.createElement("script");
    script.src = form.dataset.documents;
    script.onload = function () {
      book = window.posSearchDocuments;
      index.addAll(book.documents.map(function (cells, at) { return { at: at, cells: cells }; }));
      search();
      form.dataset.state = "loaded";
    };
    script.onerror = function () {
      asked = false;
      count.textContent = "The index of the book could not be read.";
    };
    document.head.appendChild(script);
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  // Words as they stand in the text, with those that were found marked.
  function marked(into, text, found) {
    text.split(/([\p{L}\p{N}]+)/u).forEach(function (piece, place) {
      if (place % 2 && found.has(bare(piece))) into.appendChild(element("mark", "", piece));
      else into.appendChild(document.createTextNode(piece));
    });
  }
  function around(text, found) {
    if (text.length <= 260) return text;
    var at = 0, word = /[\p{L}\p{N}]+/gu, hit;
    while ((hit = word.exec(text))) {
      if (found.has(bare(hit[0]))) { at = hit.index; break; }
    }
    var from = at < 120 ? 0 : text.lastIndexOf(" ", at - 80) + 1;
    var to = text.length - from <= 260 ? text.length : text.lastIndexOf(" ", from + 250);
    return (from ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : "");
  }

  function line(hit) {
    var cells = book.documents[hit.id], found = new Set(hit.terms);
    var item = element("li", "pos-search__item");
    var link = element("a", "pos-search__title");
    link.href = cells[ADDRESS];
    marked(link, cells[TITLE], found);
    item.appendChild(link);
    var beside = element("p", "pos-search__note");
    if (cells[VERDICT]) beside.innerHTML = book.verdicts[cells[VERDICT]];
    if (cells[NOTE]) {
      var note = element("span");
      note.textContent = cells[NOTE];
      beside.appendChild(note);
    }
    if (beside.firstChild) item.appendChild(beside);
    if (cells[TEXT]) {
      var quoted = element("p", "pos-search__text");
      marked(quoted, around(cells[TEXT], found), found);
      item.appendChild(quoted);
    }
    return item;
  }

  function section(place, hits) {
    var heading = book.kinds[place][1], key = book.kinds[place][0];
    var part = element("section", "pos-search__kind");
    var title = element("h2", "", heading + " ");
    title.id = "search-" + key;
    title.appendChild(element("span", "pos-count", String(hits.length)));
    part.setAttribute("aria-labelledby", title.id);
    part.appendChild(title);
    var list = element("ol", "pos-search__list");
    part.appendChild(list);
    var button = element("button", "pos-search__more");
    button.type = "button";
    function add(many) {
      var before = list.children.length;
      hits.slice(before, before + many).forEach(function (hit) { list.appendChild(line(hit)); });
      var left = hits.length - list.children.length;
      button.hidden = left === 0;
      button.textContent = "Show " + Math.min(left, MORE) + " more of “" + heading + "”";
      return list.children[before];
    }
    // The focus stays where the reading goes on.
    button.addEventListener("click", function () { add(MORE).querySelector("a").focus(); });
    add(kind.value ? MORE : FIRST);
    part.appendChild(button);
    return part;
  }

  function search() {
    var words = field.value.trim();
    results.textContent = "";
    if (!words) { count.textContent = ""; return; }
    if (!book) { load(); return; }
    var hits = index.search(words);
    var groups = book.kinds.map(function () { return []; });
    hits.forEach(function (hit) { groups[book.documents[hit.id][KIND]].push(hit); });
    var shown = 0;
    groups.forEach(function (group, place) {
      if (!group.length || (kind.value && kind.value !== book.kinds[place][0])) return;
      shown += group.length;
      results.appendChild(section(place, group));
    });
    count.textContent = shown === 0
      ? "Nothing found for “" + words + "”. Try fewer words or another spelling."
      : shown + (shown === 1 ? " result" : " results") + " for “" + words + "”";
  }
  function remember() {
    var chosen = new URLSearchParams();
    if (field.value.trim()) chosen.set("q", field.value.trim());
    if (kind.value) chosen.set("kind", kind.value);
    var query = chosen.toString();
    // Some browsers do not let a file change its address.
    try { history.replaceState(null, "", location.pathname + (query ? "?" + query : "")); }
    catch (refused) { /* the results are there all the same */ }
  }
  function recall() {
    var chosen = new URLSearchParams(location.search);
    field.value = chosen.get("q") || "";
    kind.value = chosen.get("kind") || "";
    if (kind.selectedIndex < 0) kind.selectedIndex = 0;
  }

  var waiting;
  function now() { clearTimeout(waiting); search(); remember(); }
  form.addEventListener("submit", function (event) { event.preventDefault(); now(); });
  form.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(now, 200);
  });
  // Down leads from the words into the results, without the way through the form.
  field.addEventListener("keydown", function (event) {
    var first = event.key === "ArrowDown" && results.querySelector("a");
    if (first) { event.preventDefault(); first.focus(); }
  });

  recall();
  search();
  if (!field.value) field.focus();
})();
