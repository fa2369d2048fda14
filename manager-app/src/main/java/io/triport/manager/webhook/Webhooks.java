package io.triport.manager.webhook;

import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import io.triport.manager.event.EventKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Those who want to be told. What another node changes is seen within seconds. Safe for many threads: the list in memory is
 * replaced whole.
 */
final class Webhooks {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final WebhookText text;
    private final Shelf<Webhook> shelf;
    private final Clock clock;
    private volatile Known known = new Known(List.of(), Instant.MIN);

    private record Known(List<Kept<Webhook>> all, Instant read) {}

    Webhooks(Storage storage, WebhookText text, Clock clock) {
        this.text = text;
        this.shelf = new Shelf<>(storage, WebhookText.KIND, text, Problem.WEBHOOK_NOT_FOUND);
        this.clock = clock;
    }

    /** Hides what lies open, from a time without keys or with others. One that somebody changes at this moment is hidden by that. */
    void seal(Grant grant, Storage storage) {
        for (var document : storage.settings(grant).list(WebhookText.KIND)) {
            if (text.stale(new Fields(Json.parse(document.content().text())))) {
                shelf.find(grant, document.name().id()).ifPresent(kept -> shelf.replace(grant, kept, kept.value()));
            }
        }
    }

    Shelf<Webhook> shelf() {
        return shelf;
    }

    /** Who wants to be told. @param reading asked only where what is known is old */
    List<Kept<Webhook>> wanting(EventKind kind, Supplier<List<Kept<Webhook>>> reading) {
        var now = clock.instant();
        if (!now.isBefore(known.read.equals(Instant.MIN) ? now : known.read.plus(FRESH))) {
            known = new Known(reading.get(), now);
        }
        return known.all.stream().filter(one -> one.value().wants(kind)).toList();
    }

    List<Kept<Webhook>> list(Grant grant) {
        return shelf.list(grant);
    }

    /** Something was changed here. */
    void changed() {
        known = new Known(List.of(), Instant.MIN);
    }
}
