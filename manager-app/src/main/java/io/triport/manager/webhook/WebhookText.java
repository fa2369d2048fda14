package io.triport.manager.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.document.Form;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Sealing;
import io.triport.manager.event.EventKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Webhooks as they are kept, asked for and shown. Address and secret are kept sealed, where there are keys for that. */
final class WebhookText implements Form<Webhook> {
    /** The kind of the documents. */
    static final String KIND = "webhook";

    private static final Logger LOG = LoggerFactory.getLogger("triport.manager");
    private static final String URL = "url";
    private static final String SECRET = "secret";
    private static final String SEALED = "sealed";

    /** Of one that no key opens any more: it is sent nowhere until somebody writes it anew. */
    private static final URI LOST = URI.create("https://sealed.invalid/");

    private static final int LONGEST_URL = 2_048;
    private static final int MOST_PORT = 65_535;

    private final Sealing sealing;

    WebhookText(Sealing sealing) {
        this.sealing = sealing;
    }

    @Override
    public Webhook read(Fields fields) {
        var closed = fields.text(SEALED);
        var hidden = closed.isEmpty()
                ? Optional.of(fields)
                : sealing.open(closed.get(), KIND).map(text -> new Fields(Json.parse(text)));
        if (hidden.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("webhook", fields.required("name"))
                    .log("no key of triport.manager.api-key-pepper opens this webhook");
        }
        return new Webhook(
                fields.required("name"),
                hidden.map(open -> URI.create(open.required(URL))).orElse(LOST),
                hidden.flatMap(open -> open.text(SECRET)).orElse(""),
                events(fields),
                hidden.isPresent() && fields.flag("enabled"),
                fields.required("created"));
    }

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for a secret that could not be hidden */
    @Override
    public ObjectNode write(Webhook webhook) {
        var hidden = Json.object().put(URL, webhook.url().toString()).put(SECRET, webhook.secret());
        var node = common(webhook).put("created", webhook.created());
        if (sealing.able()) {
            return node.put(SEALED, sealing.seal(hidden.toString(), KIND));
        }
        if (!webhook.secret().isEmpty()) {
            throw Fields.invalid(SECRET, "absent: without triport.manager.api-key-pepper it cannot be kept");
        }
        return node.put(URL, webhook.url().toString());
    }

    /** Whether a document shows what should be hidden, or was sealed with an old key. */
    boolean stale(Fields document) {
        return sealing.able()
                && document.text(SEALED)
                        .map(closed -> !sealing.fresh(closed)
                                && sealing.open(closed, KIND).isPresent())
                        .orElse(true);
    }

    /** Without its secret. */
    static ObjectNode shown(Kept<Webhook> kept) {
        return common(kept.value())
                .put(URL, kept.value().url().toString())
                .put("id", kept.id())
                .put("has_secret", !kept.value().secret().isEmpty())
                .put("created_at", kept.value().created())
                .put("updated_at", Moments.text(kept.updated()));
    }

    private static ObjectNode common(Webhook webhook) {
        var node = Json.object().put("name", webhook.name()).put("enabled", webhook.enabled());
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
