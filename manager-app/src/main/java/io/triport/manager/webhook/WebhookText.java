package io.triport.manager.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.document.Form;
import io.triport.manager.document.Kept;
import io.triport.manager.event.EventKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.Set;

/** Webhooks as they are kept, asked for and shown. */
final class WebhookText implements Form<Webhook> {
    private static final int LONGEST_URL = 2_048;
    private static final int MOST_PORT = 65_535;

    @Override
    public Webhook read(Fields fields) {
        return new Webhook(
                fields.required("name"),
                URI.create(fields.required("url")),
                fields.text("secret").orElse(""),
                events(fields),
                fields.flag("enabled"),
                fields.required("created"));
    }

    @Override
    public ObjectNode write(Webhook webhook) {
        return common(webhook).put("secret", webhook.secret()).put("created", webhook.created());
    }

    /** Without its secret. */
    static ObjectNode shown(Kept<Webhook> kept) {
        return common(kept.value())
                .put("id", kept.id())
                .put("has_secret", !kept.value().secret().isEmpty())
                .put("created_at", kept.value().created())
                .put("updated_at", Moments.text(kept.updated()));
    }

    private static ObjectNode common(Webhook webhook) {
        var node = Json.object()
                .put("name", webhook.name())
                .put("url", webhook.url().toString())
                .put("enabled", webhook.enabled());
        var events = node.putArray("events");
        webhook.events().forEach(kind -> events.add(kind.text()));
        return node;
    }

    /** A new one. */
    static Webhook ordered(Fields fields, String created) {
        return new Webhook(
                fields.required("name"),
                url(fields.required("url")),
                fields.text("secret").orElse(""),
                events(fields),
                fields.any("enabled").isEmpty() || fields.flag("enabled"),
                created);
    }

    /** What is not named stays; a secret that is null or empty goes. */
    static Webhook changed(Webhook present, Fields fields) {
        return new Webhook(
                fields.text("name").orElse(present.name()),
                fields.text("url").map(WebhookText::url).orElse(present.url()),
                fields.has("secret") ? fields.text("secret").orElse("") : present.secret(),
                fields.any("events").isPresent() ? events(fields) : present.events(),
                fields.any("enabled").isPresent() ? fields.flag("enabled") : present.enabled(),
                present.created());
    }

    private static Set<EventKind> events(Fields fields) {
        var events = EnumSet.noneOf(EventKind.class);
        for (var text : fields.texts("events")) {
            events.add(EventKind.of(text).orElseThrow(() -> Fields.invalid("events", "names of events")));
        }
        return events;
    }

    private static URI url(String text) {
        try {
            var url = new URI(new URI(text).toASCIIString());
            if (text.length() <= LONGEST_URL && server(url) && url.getRawFragment() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Answered below, as any other text that is none.
        }
        throw Fields.invalid("url", "an address of http or https without credentials, of 2048 characters at most");
    }

    private static boolean server(URI url) {
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getPort() != 0
                && url.getPort() <= MOST_PORT;
    }
}
