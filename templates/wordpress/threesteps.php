<?php
/**
 * Plugin Name: Threesteps
 * Description: Shows a Threesteps campaign: the shortcode [threesteps] in any page, or the block "Threesteps".
 * Version: 1.0
 * Requires at least: 5.9
 * Requires PHP: 7.4
 * License: MIT
 *
 * Made for one site by the service that runs the campaign. It has no settings, stores nothing and
 * sends nothing; the token is public and only says for whom to count.
 */

if (!defined('ABSPATH')) {
    exit;
}

const THREESTEPS_ORIGIN = 'https://HOST';

/** Each campaign's token, and what the link says that is there before the script is. */
const THREESTEPS_CAMPAIGNS = array(
    'CAMPAIGN' => array('token' => 'TOKEN', 'words' => 'WORDS'),
);

/** What may be chosen for a placement, as in the snippet. */
const THREESTEPS_OPTIONS = array('lang', 'theme', 'accent', 'height', 'label', 'source');

/** The element around its link; an editor who may not save scripts can still place it. */
function threesteps_render($chosen) {
    $allowed = array_fill_keys(array_merge(array('campaign', 'token'), THREESTEPS_OPTIONS), '');
    $chosen = array_map('strval', shortcode_atts($allowed, (array) $chosen, 'threesteps'));
    $slug = isset(THREESTEPS_CAMPAIGNS[$chosen['campaign']])
        ? $chosen['campaign']
        : array_key_first(THREESTEPS_CAMPAIGNS);
    $campaign = THREESTEPS_CAMPAIGNS[$slug];
    $token = $chosen['token'] !== '' ? $chosen['token'] : $campaign['token'];
    $attributes = '';
    foreach (THREESTEPS_OPTIONS as $name) {
        if ($chosen[$name] !== '') {
            $attributes .= sprintf(' %s="%s"', $name, esc_attr($chosen[$name]));
        }
    }
    $query = array('t' => $token, 'lang' => $chosen['lang'], 'source' => $chosen['source']);
    $address = THREESTEPS_ORIGIN . '/c/' . $slug . '?' . http_build_query(array_filter($query, 'strlen'));
    wp_enqueue_script('threesteps');
    return sprintf(
        '<three-steps token="%s"%s><a href="%s" target="_blank" rel="noopener">%s</a></three-steps>',
        esc_attr($token),
        $attributes,
        esc_url($address),
        esc_html($campaign['words'])
    );
}

/** The loader, async and without a version of ours: its own headers say how long it is good. */
function threesteps_script_tag($tag, $handle) {
    return $handle === 'threesteps' ? str_replace(' src=', ' async src=', $tag) : $tag;
}

/** What the block's settings ask for: plain JavaScript, no build step. */
function threesteps_editor_script() {
    return <<<'SCRIPT'
(({ blocks, element, blockEditor, components, serverSideRender }, campaigns) => {
  const make = element.createElement;
  const fields = { lang: 'Language', theme: 'Colours', accent: 'Accent', height: 'Height', label: 'Label', source: 'Source' };
  blocks.registerBlockType('threesteps/widget', {
    apiVersion: 3,
    title: 'Threesteps',
    description: 'Visitors find, tweet and email their legislators.',
    icon: 'megaphone',
    category: 'embed',
    edit: ({ attributes, setAttributes }) => make('div', blockEditor.useBlockProps(),
      make(blockEditor.InspectorControls, null,
        make(components.PanelBody, { title: 'Threesteps' },
          make(components.SelectControl, {
            label: 'Campaign',
            value: attributes.campaign,
            options: campaigns.map((slug) => ({ label: slug, value: slug })),
            onChange: (campaign) => setAttributes({ campaign }),
          }),
          ...Object.entries(fields).map(([name, label]) => make(components.TextControl, {
            key: name,
            label,
            value: attributes[name],
            onChange: (value) => setAttributes({ [name]: value }),
          })))),
      make(serverSideRender, { block: 'threesteps/widget', attributes })),
    save: () => null,
  });
})
SCRIPT;
}

function threesteps_register() {
    wp_register_script('threesteps', THREESTEPS_ORIGIN . '/embed.js', array(), null, true);
    $needs = array('wp-blocks', 'wp-element', 'wp-block-editor', 'wp-components', 'wp-server-side-render');
    wp_register_script('threesteps-editor', false, $needs, '1.0', true);
    $campaigns = wp_json_encode(array_keys(THREESTEPS_CAMPAIGNS));
    wp_add_inline_script('threesteps-editor', threesteps_editor_script() . "(window.wp, $campaigns);");
    $text = array('type' => 'string', 'default' => '');
    register_block_type('threesteps/widget', array(
        'api_version' => 3,
        'title' => 'Threesteps',
        'category' => 'embed',
        'attributes' => array_fill_keys(array_merge(array('campaign'), THREESTEPS_OPTIONS), $text),
        'editor_script' => 'threesteps-editor',
        'render_callback' => 'threesteps_render',
    ));
    add_shortcode('threesteps', 'threesteps_render');
}

add_action('init', 'threesteps_register');
add_filter('script_loader_tag', 'threesteps_script_tag', 10, 2);
