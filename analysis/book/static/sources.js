/* The list of sources: search, filter and order.  Without it the table is whole, and those on
   which most rests come first. */
(function () {
  "use strict";
  var table = document.getElementById("sources-table");
  var form = document.getElementById("sources-controls");
  if (!table || !form || !window.DataTable) return;

  var count = document.getElementById("sources-count");
  var total = table.tBodies[0].rows.length;
  var grid = new window.DataTable(table, {
    paging: false,
    info: false,
    autoWidth: false,
    order: [],
    orderMulti: false,
    // The list "Sort by" sorts, as in the ledger.
    ordering: { handler: false, indicators: false },
    layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: null },
    language: { zeroRecords: "No source fits this search." }
  });

  function apply() {
    var column = Number(form.elements.sort.value);
    grid.order([[column, column > 1 ? "desc" : "asc"]]);
    grid.column(1).search(form.elements.kind.value, { exact: true });
    grid.search(form.elements.q.value);
    grid.draw();
    var shown = grid.rows({ search: "applied" }).count();
    count.textContent = shown === total ? total + " sources" : shown + " of " + total + " sources";
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", apply);
  form.addEventListener("reset", function () { window.setTimeout(apply); });
  apply();
})();
