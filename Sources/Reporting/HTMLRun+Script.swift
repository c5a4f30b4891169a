extension HTMLRun {
    /// The script of the page: it sorts and filters the table of files. All visible text comes from the page, not from
    /// the script. The script uses only what browsers of ten years ago support.
    ///
    /// The script hides the table's body until every row has loaded, and of a long table shows only the first rows: a
    /// browser needs seconds to lay out ten thousand rows, and would do so again and again.
    static let script = """

        (function () {
        'use strict';
        var root = document.documentElement, step = 500, many = 1000;
        function each(items, action) { Array.prototype.forEach.call(items, action); }
        function start() {
        \(setUpScript)\(filterScript)\(sortScript)}
        if (!window.addEventListener || !root.classList) { return; }
        root.classList.add('wait');
        document.addEventListener('DOMContentLoaded', function () {
          try { start(); } finally { root.classList.remove('wait'); }
        });
        }());

        """

    private static let setUpScript = """
        var list = document.getElementById('list'), body = list && list.tBodies[0];
        if (!body || !document.getElementById('more')) { return; }
        var heads = list.tHead.rows[0].cells, rows = Array.prototype.slice.call(body.rows), columns = {};
        var limit = rows.length > many ? step : rows.length, fits = [], order = [], texts = null, timer = 0;
        var shown = document.getElementById('shown'), text = document.getElementById('text');
        var more = document.getElementById('more'), choices = ['verdict', 'rule', 'category', 'region'];
        each(heads, function (head, index) { columns[head.className] = index; });
        rows.forEach(function (row, index) { row.place = index; order.push(index); fits.push(true); });
        function cell(row, name) { return row.cells[columns[name]].textContent; }
        function filled(element, figures) {
          return element.getAttribute('data-text').replace(/#/g, function () { return figures.shift(); });
        }
        function draw(most) {
          var count = 0;
          order.forEach(function (place) {
            var row = rows[place], visible = fits[place] && count < most;
            if (fits[place]) { count += 1; }
            if (row.hidden === visible) { row.hidden = !visible; }
          });
          shown.textContent = filled(shown, [count, rows.length]);
          more.hidden = count <= most;
          more.textContent = filled(more, [count - most]);
        }
        more.addEventListener('click', function () { limit += step; draw(limit); });
        window.addEventListener('beforeprint', function () { draw(rows.length); });
        window.addEventListener('afterprint', function () { draw(limit); });
        if (!('open' in document.createElement('details'))) {
          root.classList.add('no-details');
          document.addEventListener('click', function (event) {
            var details = event.target.parentNode;
            if (event.target.nodeName !== 'SUMMARY') { return; }
            if (details.hasAttribute('open')) { details.removeAttribute('open'); } else { details.setAttribute('open', ''); }
          });
        }

        """

    private static let filterScript = """
        function box(name) { return document.getElementById('by-' + name); }
        function chosen(name) { return box(name) ? box(name).value : ''; }
        function searched(row) {
          var notes = row.cells[columns.a].firstChild;
          return ['i', 'v', 'f', 'category', 'region'].map(function (name) { return cell(row, name); })
            .concat(notes && notes.nodeName === 'UL' ? notes.textContent : '', row.getAttribute('data-rules') || '')
            .join('\\n').toLowerCase();
        }
        function belongs(row, name, wanted) {
          return !wanted || !row.hasAttribute('data-alone') && '=' + cell(row, name) === wanted;
        }
        function filter() {
          var verdict = chosen('verdict'), rule = chosen('rule');
          var category = chosen('category'), region = chosen('region');
          var wanted = text.value.toLowerCase().split(/\\s+/).filter(function (word) { return word; });
          if (wanted.length && !texts) { texts = rows.map(searched); }
          fits = rows.map(function (row, place) {
            return (!verdict || row.className === verdict)
              && (!rule || (row.getAttribute('data-rules') || '').indexOf('|' + rule + '|') >= 0)
              && belongs(row, 'category', category) && belongs(row, 'region', region)
              && wanted.every(function (word) { return texts[place].indexOf(word) >= 0; });
          });
          limit = rows.length > many ? step : rows.length;
          draw(limit);
        }
        function only(name, value) {
          choices.forEach(function (other) { if (box(other)) { box(other).value = other === name ? value : ''; } });
          text.value = '';
          filter();
        }
        choices.forEach(function (name) { if (box(name)) { box(name).addEventListener('change', filter); } });
        text.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(filter, 120); });
        document.getElementById('clear').addEventListener('click', function () { only('', ''); });
        document.addEventListener('click', function (event) {
          var link = event.target;
          while (link && link.nodeName !== 'A') { link = link.parentNode; }
          if (link && link.hasAttribute('data-by')) { only(link.getAttribute('data-by'), link.getAttribute('data-value')); }
        });

        """

    // The heads contain `span` elements, not buttons: Chromium leaves buttons out of the table head that it repeats on
    // every printed page.
    private static let sortScript = """
        var compare = window.Intl && Intl.Collator ? new Intl.Collator('zh', { numeric: true }).compare
          : function (left, right) { return left.localeCompare(right, 'zh'); };
        function key(cell, numeric) {
          var value = numeric && cell.getAttribute('data-n') || cell.textContent;
          return value === '' ? null : numeric ? Number(value) : value;
        }
        function sort(column, direction) {
          var numeric = heads[column].getAttribute('data-sort') === 'number', parent = body.parentNode;
          var keys = rows.map(function (row) { return key(row.cells[column], numeric); });
          order.sort(function (left, right) {
            var first = keys[left], second = keys[right], result = 0;
            if (first === null || second === null) { result = (first === null) - (second === null); }
            else { result = direction * (numeric ? first - second : compare(first, second)); }
            return result || left - right;
          });
          parent.removeChild(body);
          order.forEach(function (place) { body.appendChild(rows[place]); });
          draw(limit);
          parent.appendChild(body);
          each(heads, function (head, index) {
            head.setAttribute('aria-sort', index !== column ? 'none' : direction > 0 ? 'ascending' : 'descending');
          });
        }
        each(heads, function (head, column) {
          var button = document.createElement('span'), first = head.className === 'a' ? 'descending' : 'ascending';
          function press() {
            var other = first === 'ascending' ? 'descending' : 'ascending';
            sort(column, (head.getAttribute('aria-sort') === first ? other : first) === 'ascending' ? 1 : -1);
          }
          button.setAttribute('role', 'button');
          button.setAttribute('tabindex', '0');
          button.textContent = head.textContent;
          head.textContent = '';
          head.appendChild(button);
          head.addEventListener('click', press);
          button.addEventListener('keydown', function (event) {
            if (event.key !== 'Enter' && event.key !== ' ' && event.key !== 'Spacebar') { return; }
            event.preventDefault();
            press();
          });
        });
        document.getElementById('tools').hidden = false;
        sort(columns.v, 1);

        """
}
