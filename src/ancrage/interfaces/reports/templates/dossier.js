"use strict";
(() => {
  const tip = document.getElementById("tip");
  const show = (mark, x, y) => {
    tip.textContent = mark.getAttribute("aria-label");
    tip.hidden = false;
    const left = Math.min(x + 14, innerWidth - tip.offsetWidth - 8);
    const top = y + 18 + tip.offsetHeight > innerHeight ? y - tip.offsetHeight - 12 : y + 18;
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = Math.max(8, top) + "px";
  };
  const hide = () => { tip.hidden = true; };

  for (const chart of document.querySelectorAll(".chart")) {
    const area = chart.querySelector(".drawing");
    const svg = area.querySelector("svg");
    const whole = svg.getAttribute("viewBox").split(" ").map(Number);
    let box = whole.slice();
    const draw = () => {
      svg.setAttribute("viewBox", box.map((v) => v.toFixed(2)).join(" "));
      area.classList.toggle("zoomed", box[2] < whole[2]);
    };
    const clamp = () => {
      box[0] = Math.min(Math.max(box[0], whole[0]), whole[0] + whole[2] - box[2]);
      box[1] = Math.min(Math.max(box[1], whole[1]), whole[1] + whole[3] - box[3]);
    };
    const zoom = (factor, cx = box[0] + box[2] / 2, cy = box[1] + box[3] / 2) => {
      const width = Math.min(whole[2], Math.max(whole[2] / 12, box[2] * factor));
      const ratio = width / box[2];
      box = [cx - (cx - box[0]) * ratio, cy - (cy - box[1]) * ratio, width, box[3] * ratio];
      clamp();
      draw();
    };
    const move = (dx, dy) => { box[0] += dx; box[1] += dy; clamp(); draw(); };
    const reset = () => { box = whole.slice(); draw(); };
    const at = (event) => {
      const frame = svg.getBoundingClientRect();
      return [box[0] + ((event.clientX - frame.left) / frame.width) * box[2],
              box[1] + ((event.clientY - frame.top) / frame.height) * box[3]];
    };

    for (const mark of svg.querySelectorAll('[aria-roledescription="bar"],[aria-roledescription="circle"],[aria-roledescription="point"]')) {
      mark.dataset.tip = "";
      mark.addEventListener("pointermove", (event) => show(mark, event.clientX, event.clientY));
      mark.addEventListener("pointerleave", hide);
      mark.addEventListener("click", (event) => show(mark, event.clientX, event.clientY));
    }
    const tools = chart.querySelector(".tools");
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const asked = event.target.dataset.zoom;
      if (asked === "in") zoom(0.7);
      else if (asked === "out") zoom(1 / 0.7);
      else if (asked === "reset") reset();
    });
    area.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && document.activeElement !== area) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 0.85 : 1 / 0.85, ...at(event));
    }, { passive: false });
    area.addEventListener("keydown", (event) => {
      const step = box[2] / 8;
      const actions = {
        "+": () => zoom(0.7), "=": () => zoom(0.7), "-": () => zoom(1 / 0.7), "0": reset, Escape: reset,
        ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0),
        ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step),
      };
      if (!actions[event.key] || (event.key.startsWith("Arrow") && box[2] >= whole[2])) return;
      event.preventDefault();
      actions[event.key]();
    });
    let held = null;
    area.addEventListener("pointerdown", (event) => {
      if (box[2] >= whole[2]) return;
      held = [event.clientX, event.clientY];
      area.setPointerCapture(event.pointerId);
    });
    area.addEventListener("pointermove", (event) => {
      if (!held) return;
      const frame = svg.getBoundingClientRect();
      move(((held[0] - event.clientX) / frame.width) * box[2], ((held[1] - event.clientY) / frame.height) * box[3]);
      held = [event.clientX, event.clientY];
    });
    for (const end of ["pointerup", "pointercancel"]) area.addEventListener(end, () => { held = null; });
  }

  const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  for (const table of document.querySelectorAll(".table")) {
    const filter = table.querySelector(".filter");
    if (!filter) continue;
    filter.hidden = false;
    const rows = [...table.querySelectorAll("tbody tr")];
    let texts = null;
    let waiting = 0;
    filter.querySelector("input").addEventListener("input", (event) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        texts = texts || rows.map((row) => folded(row.textContent));
        const words = folded(event.target.value).split(/\s+/).filter(Boolean);
        let kept = 0;
        rows.forEach((row, place) => {
          row.hidden = !words.every((word) => texts[place].includes(word));
          kept += !row.hidden;
        });
        filter.querySelector(".count").textContent = kept;
      }, 120);
    });
  }

  const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
  if ("IntersectionObserver" in window) {
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(entry.target.id)?.setAttribute("aria-current", "true");
      }
    }, { rootMargin: "-20% 0px -70% 0px" });
    document.querySelectorAll("main > section").forEach((section) => seen.observe(section));
  }
  if (matchMedia("(max-width: 820px)").matches) document.querySelector("nav details").open = false;
  addEventListener("scroll", hide, { passive: true });
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("beforeprint", () => { for (const details of document.querySelectorAll("details")) details.open = true; });
})();
