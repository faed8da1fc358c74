/* Replaces a static chart by the interactive one when it comes into view or is touched.
   The chart library and each chart's spec are scripts added on demand: a page opened from a
   disk may not fetch, but it may add a script. */
(function () {
  "use strict";
  var PHONE = window.matchMedia("(max-width: 600px)");
  var base = document.currentScript.src.replace(/charts\.js.*$/, "");
  var loading = {};
  var live = new Map();

  function load(address) {
    if (!loading[address]) {
      loading[address] = new Promise(function (done, fail) {
        var script = document.createElement("script");
        script.src = address;
        script.onload = done;
        script.onerror = fail;
        document.head.appendChild(script);
      });
    }
    return loading[address];
  }

  function dark() {
    return document.documentElement.dataset.theme === "dark";
  }

  /* The library's file also carries the palette: light value to dark value. */
  function recolour(text) {
    return text.replace(/#[0-9a-f]{6}\b/g, function (hex) {
      return window.posDark[hex] || hex;
    });
  }

  function specOf(figure) {
    var stored = window.posFigures[figure.dataset.figure];
    var chosen = PHONE.matches ? stored.phone : stored.wide;
    var own = Object.assign({}, chosen);
    delete own.datasets;
    var text = JSON.stringify(own);
    var spec = JSON.parse(dark() ? recolour(text) : text);
    spec.datasets = JSON.parse(JSON.stringify(stored.wide.datasets || {}));
    spec.background = "transparent";
    spec.config.background = "transparent";
    /* The table says it better than the marks, of which only some would get a name. */
    spec.config.aria = false;
    ["mark", "axis", "legend", "title", "header"].forEach(function (part) {
      spec.config[part] = Object.assign({}, spec.config[part], { aria: false });
    });
    delete spec.usermeta;
    return spec;
  }

  function describe(target, drawn) {
    /* The outer element and the drawing would both be announced; only the drawing is. */
    ["role", "aria-roledescription", "aria-label"].forEach(function (name) {
      target.removeAttribute(name);
    });
    var title = drawn.closest(".pos-form").querySelector(":scope > svg > title");
    var text = drawn.closest(".pos-form").querySelector(":scope > svg > desc");
    drawn.querySelectorAll("[role],[aria-roledescription]").forEach(function (part) {
      part.removeAttribute("role");
      part.removeAttribute("aria-roledescription");
      part.removeAttribute("aria-label");
    });
    drawn.removeAttribute("aria-hidden");
    drawn.removeAttribute("aria-roledescription");
    drawn.setAttribute("role", "img");
    drawn.setAttribute("aria-label", title.textContent + ". " + text.textContent);
  }

  /* Vega prints the bare number of a step; a reader wants the month. */
  function labelSlider(input, labels) {
    var row = input.closest("label") || input.parentNode;
    var output = document.createElement("output");
    row.querySelectorAll("span:not(.vega-bind-name)").forEach(function (s) { s.remove(); });
    row.appendChild(output);
    function show() {
      var at = Math.round((Number(input.value) - Number(input.min)) / Number(input.step || 1));
      output.textContent = labels ? labels[at] : input.value;
      input.setAttribute("aria-valuetext", output.textContent);
    }
    input.addEventListener("input", show);
    show();
  }

  function placeSliders(box, sliders) {
    var steps = JSON.parse(box.dataset.steps || "{}");
    var focused = document.activeElement && box.contains(document.activeElement)
      ? document.activeElement.name : null;
    box.querySelectorAll(".pos-sliders").forEach(function (old) { old.remove(); });
    box.appendChild(sliders);
    sliders.querySelectorAll("input[type=range]").forEach(function (input) {
      labelSlider(input, steps[input.name]);
    });
    sliders.querySelectorAll("input, select").forEach(function (control) {
      if (control.name === focused) control.focus();
    });
  }

  function boundNames(spec) {
    return (spec.params || []).filter(function (p) { return p.bind && p.bind !== "scales"; })
      .map(function (p) { return p.name; });
  }

  function draw(figure) {
    var before = live.get(figure);
    var form = figure.querySelector(PHONE.matches ? ".pos-phone" : ".pos-wide");
    var box = figure.querySelector(".pos-controls");
    var spec = specOf(figure);
    var kept = {};
    if (before) {
      boundNames(spec).forEach(function (name) { kept[name] = before.view.signal(name); });
      spec.params = (spec.params || []).map(function (p) {
        return kept[p.name] === undefined ? p : Object.assign({}, p, { value: kept[p.name] });
      });
    }
    var target = document.createElement("div");
    target.className = "pos-live pos-waiting";
    form.appendChild(target);
    var controls = document.createElement("div");
    controls.className = "pos-sliders";
    var options = {
      mode: "vega-lite", renderer: "svg", actions: false, defaultStyle: false,
      bind: box ? controls : undefined,
      tooltip: { disableDefaultStyle: true, theme: "pos" }
    };
    return window.vegaEmbed(target, spec, options).then(function (result) {
      if (before) {
        before.finalize();
        before.target.remove();
      }
      result.target = target;
      live.set(figure, result);
      describe(target, target.querySelector("svg"));
      if (box) placeSliders(box, controls);
      form.parentNode.querySelectorAll(".pos-form").forEach(function (f) {
        f.classList.toggle("pos-upgraded", f === form);
      });
      target.classList.remove("pos-waiting");
      figure.dataset.state = "live";
    });
  }

  function upgrade(figure) {
    if (figure.dataset.state) return;
    figure.dataset.state = "loading";
    Promise.all([
      load(base + "vega-bundle.js"), load(figure.dataset.src),
      document.fonts.load('13px "Book Sans"'), document.fonts.load('600 13px "Book Sans"')
    ]).then(function () { return draw(figure); }).catch(function () {
      figure.dataset.state = "static"; /* the drawing that is there stays */
    });
  }

  /* One at a time, so that a change during a drawing is not lost. */
  var queue = Promise.resolve();
  function redraw() {
    live.forEach(function (_, figure) {
      queue = queue.then(function () { return draw(figure); });
    });
  }

  function start() {
    var figures = document.querySelectorAll(".pos-figure[data-src]");
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) {
          seen.unobserve(entry.target);
          upgrade(entry.target);
        }
      });
    }, { rootMargin: "0px 0px -15% 0px" });
    figures.forEach(function (figure) {
      seen.observe(figure);
      ["pointerenter", "focusin"].forEach(function (kind) {
        figure.addEventListener(kind, function () { upgrade(figure); }, { once: true });
      });
    });
    new MutationObserver(redraw).observe(document.documentElement, {
      attributes: true, attributeFilter: ["data-theme"]
    });
    PHONE.addEventListener("change", redraw);
  }

  /* After the page itself: the library must not compete with what is being read. */
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
})();
