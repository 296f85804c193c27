"use strict";
(() => {
  const table = document.getElementById("attachment");
  const rows = [...table.tBodies[0].rows];
  const headings = [...table.tHead.rows[0].cells];
  const filters = ["district", "tier", "text"].map((id) => document.getElementById(id));
  const [district, tier, text] = filters;
  const inChinese = new Intl.Collator("zh-CN");

  const compare = (one, other, isNumber) => (isNumber ? one - other : inChinese.compare(one, other));

  function sort(index, isAscending) {
    const isNumber = headings[index].dataset.kind === "number";
    const value = (row) => row.cells[index].dataset.value;
    // A blank is no figure: it stands last in either direction.
    rows.sort((one, other) => {
      const [left, right] = [value(one), value(other)];
      if (left === "" || right === "") return (left === "") - (right === "");
      return compare(left, right, isNumber) * (isAscending ? 1 : -1);
    });
    table.tBodies[0].append(...rows);
    headings.forEach((heading) => heading.removeAttribute("aria-sort"));
    headings[index].setAttribute("aria-sort", isAscending ? "ascending" : "descending");
  }

  function filter() {
    const wanted = text.value.trim().toLowerCase();
    for (const row of rows) {
      const content = (row.textContent + " " + row.dataset.code).toLowerCase();
      row.hidden =
        (district.value !== "" && row.dataset.district !== district.value) ||
        (tier.value !== "" && row.dataset.tier !== tier.value) ||
        !content.includes(wanted);
    }
    document.getElementById("shown").textContent = rows.filter((row) => !row.hidden).length;
  }

  headings.forEach((heading, index) => {
    heading.firstElementChild.addEventListener("click", () => {
      sort(index, heading.getAttribute("aria-sort") !== "ascending");
    });
  });
  filters.forEach((field) => field.addEventListener("input", filter));
  text.form.addEventListener("submit", (event) => event.preventDefault());
  // Who comes back finds the fields as they were, and the rows must agree with them.
  window.addEventListener("pageshow", filter);
})();
