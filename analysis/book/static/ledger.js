/* The ledger: search, filters and order.  Without it the table is whole and in the
   article's order.  The choice stands in the address (#premise=P4&verdict=failed), so that
   it can be linked; DataTables does the work. */
(function () {
  "use strict";
  var table = document.getElementById("ledger-table");
  var form = document.getElementById("ledger-controls");
  if (!table || !form || !window.DataTable) return;

  var count = document.getElementById("ledger-count");
  var total = table.tBodies[0].rows.length;
  var grid = new window.DataTable(table, {
    paging: false,
    info: false,
    autoWidth: false,
    order: [],
    orderMulti: false,
    // The list "Sort by" sorts: a row of hidden headings has nothing to press.
    ordering: { handler: false, indicators: false },
    layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: null },
    language: { zeroRecords: "No claim fits this search." }
  });
  var fields = Array.from(form.querySelectorAll("select[data-column]"));

  function choice() {
    var chosen = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (value) chosen.set(name, value);
    });
    return chosen;
  }
  function report() {
    var shown = grid.rows({ search: "applied" }).count();
    count.textContent = shown === total ? total + " claims" : shown + " of " + total + " claims";
  }
  function apply() {
    fields.forEach(function (field) {
      grid.column(Number(field.dataset.column)).search(field.value, { exact: true });
    });
    grid.search(form.elements.q.value);
    grid.draw();
    report();
  }
  function remember() {
    var chosen = choice().toString();
    history.replaceState(null, "", chosen ? "#" + chosen : location.pathname + location.search);
  }
  function sort() {
    var column = form.elements.sort.value;
    grid.order(column === "" ? [[0, "asc"]] : [[Number(column), "asc"]]);
  }
  function recall() {
    var chosen = new URLSearchParams(location.hash.slice(1));
    Array.from(form.elements).forEach(function (field) {
      if (!field.name || !chosen.has(field.name)) return;
      field.value = chosen.get(field.name);
      // A value that the list does not have would filter everything away.
      if (field.tagName === "SELECT" && field.selectedIndex < 0) field.selectedIndex = 0;
    });
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", function (event) {
    if (event.target.name === "sort") sort();
    apply();
    remember();
  });
  form.addEventListener("reset", function () {
    window.setTimeout(function () { sort(); apply(); remember(); });
  });
  window.addEventListener("hashchange", function () {
    if (location.hash.indexOf("=") < 0) return;
    form.reset();
    window.setTimeout(function () { recall(); sort(); apply(); }, 1);
  });

  recall();
  if (form.elements.sort.value) sort();
  apply();
})();
