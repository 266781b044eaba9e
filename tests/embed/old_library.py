"""What libraries of fifteen years ago still do to the pages they are on."""

#: `$` for its own purposes, prototypes with enumerable additions, and standard methods replaced by
#: older ones of another meaning, as Prototype, MooTools and jQuery plugins did.
OLD_LIBRARY = """
window.$ = window.jQuery = (selector) => ({ each() {}, ready(run) { run(); return this; } });
window.name = 'an old frame';
Object.prototype.extend = function (other) { for (const k in other) this[k] = other[k]; };
Array.prototype.each = Array.prototype.forEach;
Array.prototype.toJSON = function () { return '[' + this.join() + ']'; };
String.prototype.toJSON = function () { return '"' + this + '"'; };
Array.prototype.remove = function (item) { this.splice(this.indexOf(item), 1); };
Array.from = (items) => [].slice.call(items);
Function.prototype.bind = function (self) {
  const run = this;
  return function () { return run.apply(self, arguments); };
};
Element.prototype.show = function () { this.style.display = ''; };
Element.prototype.hide = function () { this.style.display = 'none'; };
Element.prototype.replace = function (other) { this.parentNode.replaceChild(other, this); };
HTMLElement.prototype.get = HTMLElement.prototype.getAttribute;
HTMLElement.prototype.set = HTMLElement.prototype.setAttribute;
HTMLElement.prototype.start = HTMLElement.prototype.stop = 'effects';
"""
