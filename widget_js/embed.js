/**
 * The loader: turns <three-steps token="..."> into a framed widget and leaves the link inside it
 * alone when anything fails. <div data-three-steps="TOKEN">, and a <script data-token="TOKEN">
 * behind its <noscript>, become the same element.
 *
 * Loader and widget talk in {v: 1, t, ...}. The loader speaks first, to the widget's exact origin,
 * and hears only its own frame; no message navigates. A frame that failed still fires `load`, so
 * what makes the widget visible is its answer, within 8 s of setting `src`.
 */
(() => {
  const tag = 'three-steps';
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);

  /** What one element does; `start` and `stop` are for its life in the page, not for partners. */
  const widget = (/** @type {HTMLElement} */ element) => {
    const frame = document.createElement('iframe');
    const slot = document.createElement('slot');
    // Its colour tells whether the page is dark here, in whatever way the page declared that.
    const unseen = 'position:absolute;visibility:hidden;border:0;width:100%;color:canvastext';
    let home = '', timer = 0;

    const get = (/** @type {string} */ name) => element.getAttribute(name) || '';
    const tell = (/** @type {string} */ t) => frame.contentWindow?.postMessage({ v: 1, t }, home);
    const say = (/** @type {string} */ name, /** @type {unknown} */ detail = null) => element.dispatchEvent(
      new CustomEvent('threesteps:' + name, { bubbles: true, detail }));

    const show = (/** @type {string} */ state) => {
      clearTimeout(timer);
      element.dataset.state = state;
      slot.hidden = state == 'ready';
      if (slot.hidden) frame.style.visibility = frame.style.position = '';
      say(state);
    };

    const hear = (/** @type {MessageEvent} */ { source, origin, data }) => {
      if (source != frame.contentWindow || origin != home || data?.v != 1) return;
      if (Math.abs(data.h - frame.offsetHeight) > 1) frame.style.height = Math.min(data.h, 2e4) + 'px';
      if (data.t == 'ready') show('ready');
      else if (data.t != 'height') say(data.t, data);
    };

    const reload = () => {
      frame.style.cssText = unseen;
      const dark = /\(2/.test(getComputedStyle(frame).color);
      const theme = get('theme').replace('auto', '') || (dark ? 'dark' : 'light');
      const query = new URLSearchParams({ theme, lang: get('lang') || document.documentElement.lang, accent: get('accent'), source: get('source') });
      if (!element.isConnected) return;
      nearby.disconnect();
      slot.onclick = null;
      show('loading');
      timer = setTimeout(show, 8e3, 'error');
      // The frame's scheme must be the document's, or the browser paints a white slab behind it.
      frame.style.colorScheme = theme;
      frame.style.height = element.style.minHeight;
      frame.title = get('label') || element.textContent || '';
      frame.src = `${home}/w/${get('token')}?${query}`;
    };

    const nearby = new IntersectionObserver((/** @type {any} */ seen) => seen.pop().isIntersecting && reload(), { rootMargin: '50%' });

    const start = () => {
      const loading = get('loading');
      // An optimiser may run us late, when nobody knows which script we are; the link knows.
      home = new URL(get('origin') || script?.src || /** @type {any} */ (element.querySelector('a')).href).origin;
      element.style.cssText += `;display:block;position:relative;min-height:${get('height') || 420}px`;
      frame.style.cssText = unseen;
      frame.allow = 'clipboard-write;web-share';
      frame.onload = () => tell('host');
      addEventListener('message', hear);
      // No partner can register an opaque origin.
      if (origin == 'null') show('error');
      else if (loading == 'eager') reload();
      else if (loading == 'click') slot.onclick = (event) => {
        event.preventDefault();
        reload();
      };
      else nearby.observe(element);
    };

    const stop = () => {
      removeEventListener('message', hear);
      nearby.disconnect();
      clearTimeout(timer);
    };

    const focus = () => {
      frame.focus();
      tell('focus');
    };

    element.attachShadow({ mode: 'open' }).append(slot, frame);
    return { start, stop, reload, focus };
  };

  if (!customElements.get(tag)) customElements.define(tag, class extends HTMLElement {
    static observedAttributes = ['token'];

    /** Puts `reload` and `focus`, and the two below, on the element. */
    constructor() {
      super();
      Object.assign(this, widget(this));
    }

    connectedCallback() {
      /** @type {any} */ (this).start();
    }

    disconnectedCallback() {
      /** @type {any} */ (this).stop();
    }

    attributeChangedCallback(/** @type {string} */ name, /** @type {string | null} */ old) {
      if (old) /** @type {any} */ (this).reload();
    }
  });

  document.querySelectorAll('[data-three-steps],script[data-token]').forEach((/** @type {any} */ old) => {
    const element = document.createElement(tag);
    const link = old.previousElementSibling;
    for (const name in old.dataset) element.setAttribute(name.replace('threeSteps', 'token'), old.dataset[name]);
    if (link?.matches('noscript')) element.innerHTML = link.textContent;
    element.append(...old.childNodes);
    old.replaceWith(element);
  });
})();
