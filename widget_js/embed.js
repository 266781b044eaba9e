/**
 * The loader: turns <three-steps token="..."> into a framed widget and leaves the link inside it
 * alone when anything fails.
 *
 * Loader and widget talk in {v: 1, t, ...}. The loader speaks first, to the widget's exact origin,
 * and hears only its own frame; no message navigates. A frame that failed still fires `load`, so
 * what makes the widget visible is its answer, within 8 s of setting `src`.
 */
(() => {
  const tag = 'three-steps';
  const script = /** @type {HTMLScriptElement | null} */ (
    document.currentScript || document.querySelector('script[src*="/embed"]'));
  if (customElements.get(tag)) return;

  customElements.define(tag, class extends HTMLElement {
    #frame = document.createElement('iframe');
    #link = document.createElement('slot');
    #home = '';
    #timer = 0;
    /** @type {IntersectionObserver | undefined} */
    #nearby;

    connectedCallback() {
      const loading = this.#get('loading');
      this.#home = new URL(this.#get('origin') || script?.src || '').origin;
      if (!this.shadowRoot) this.attachShadow({ mode: 'open' }).append(this.#link, this.#frame);
      this.style.cssText = `display:block;position:relative;min-height:${this.#height}px`;
      this.#frame.title = this.#get('label') || this.textContent?.trim() || tag;
      this.#frame.allow = 'clipboard-write;web-share';
      this.#frame.onload = () => this.#tell('host');
      addEventListener('message', this.#hear);
      this.#link.onclick = null;
      if (loading == 'eager') this.reload();
      else if (loading == 'click') this.#link.onclick = (event) => {
        event.preventDefault();
        this.reload();
      };
      else {
        this.#nearby = new IntersectionObserver((seen) => {
          if (seen.some((entry) => entry.isIntersecting)) this.reload();
        }, { rootMargin: '50%' });
        this.#nearby.observe(this);
      }
    }

    disconnectedCallback() {
      removeEventListener('message', this.#hear);
      this.#nearby?.disconnect();
      clearTimeout(this.#timer);
    }

    /** Loads the widget, again if need be. */
    reload() {
      const scheme = getComputedStyle(this).colorScheme;
      const dark = /dark/.test(scheme)
        && (!/light/.test(scheme) || matchMedia('(prefers-color-scheme:dark)').matches);
      const theme = this.#get('theme').replace('auto', '') || (dark ? 'dark' : 'light');
      const query = new URLSearchParams({ theme });
      for (const name of ['lang', 'accent']) if (this.#get(name)) query.set(name, this.#get(name));
      this.#nearby?.disconnect();
      this.#show('loading');
      this.#timer = setTimeout(() => this.#show('error'), 8e3);
      // The frame's scheme must be the document's, or the browser paints a white slab behind it.
      this.#frame.style.cssText = `width:100%;height:${this.#height}px;border:0;color-scheme:${theme};position:absolute;visibility:hidden`;
      this.#frame.src = `${this.#home}/w/${this.#get('token')}?${query}`;
    }

    focus() {
      this.#frame.focus();
      this.#tell('focus');
    }

    get #height() {
      return +this.#get('height') || 420;
    }

    #get(/** @type {string} */ name) {
      return this.getAttribute(name) || '';
    }

    #tell(/** @type {string} */ t) {
      this.#frame.contentWindow?.postMessage({ v: 1, t }, this.#home);
    }

    #hear = (/** @type {MessageEvent} */ { source, origin, data }) => {
      if (source != this.#frame.contentWindow || origin != this.#home || data?.v != 1) return;
      const { t, v, h, ...detail } = data;
      if (t == 'ready') this.#show(t);
      if (h > 0) this.#frame.style.height = Math.min(h, 2e4) + 'px';
      if (t != 'height') this.#say(t, detail);
    };

    #show(/** @type {string} */ state) {
      clearTimeout(this.#timer);
      this.dataset.state = state;
      this.#link.hidden = state == 'ready';
      if (state == 'ready') this.#frame.style.position = this.#frame.style.visibility = '';
      if (state == 'error') this.#say(state, {});
    }

    #say(/** @type {string} */ name, /** @type {object} */ detail) {
      this.dispatchEvent(new CustomEvent('threesteps:' + name, { bubbles: true, detail }));
    }
  });
})();
