package io.triport.manager.cloudflare.cache;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.cache.CacheName;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.cloudflare.Wording;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Empties caches of other apps. A zone of Cloudflare's API is a cache here, by its name. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class PurgeApi implements Routes {
    private static final Wording WORDS = new Wording(Problem.ZONE_NOT_FOUND, Problem.INVALID_ARGUMENT);

    private final PurgeableCaches caches;
    private final Storage storage;
    private final Clock clock;

    PurgeApi(PurgeableCaches caches, Storage storage, Clock clock) {
        this.caches = caches;
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post(Envelope.BASE + "zones/{zone}/purge_cache", this::purge));
    }

    private StreamReply purge(Call call) {
        if (caches.names().isEmpty()) {
            throw Problem.UNSUPPORTED.refused();
        }
        var name = name(call);
        var asked = AskedPurges.read(new Fields(call.json()));
        WORDS.of(() -> {
            var cache = storage.cache(call.grant(), name);
            asked.purges().forEach(cache::purge);
            return true;
        });
        tell(call, name, asked);
        return Envelope.ok(Json.object().put("id", name.text()));
    }

    /** Caches lie beside the engine, so this follows the purge and is not one with it; to purge again changes nothing. */
    private void tell(Call call, CacheName name, AskedPurges asked) {
        var details = Json.object()
                .put("cache", name.text())
                .put("purges", asked.purges().size());
        var author = Author.of(call, AuditEntry.Source.CLOUDFLARE_API);
        author.together(
                storage,
                unit -> author.tell(
                        unit, "purge_cache", AuditPlace.NONE, clock.instant(), new JsonText(details.toString())));
    }

    private CacheName name(Call call) {
        try {
            var name = new CacheName(call.variable("zone"));
            if (caches.names().contains(name)) {
                return name;
            }
        } catch (InvalidInput e) {
            throw Problem.ZONE_NOT_FOUND.refused();
        }
        throw Problem.ZONE_NOT_FOUND.refused();
    }
}
