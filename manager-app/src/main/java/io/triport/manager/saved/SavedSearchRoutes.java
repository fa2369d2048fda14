package io.triport.manager.saved;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.access.SettingKind;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code /api/searches} (manager API, section 8.6). Those of others are not there, unless they are shared. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class SavedSearchRoutes implements Routes {
    private static final String ALL = "/api/searches";
    private static final String ONE = ALL + "/{id}";

    private final Shelf<SavedSearch> shelf;
    private final FreshId ids;

    SavedSearchRoutes(Storage storage, FreshId ids) {
        this.shelf = new Shelf<>(storage, SettingKind.SAVED_SEARCH.text(), SavedSearch.FORM, Problem.SEARCH_NOT_FOUND);
        this.ids = ids;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::list),
                Route.post(ALL, this::create),
                Route.get(ONE, this::read),
                Route.put(ONE, this::change),
                Route.delete(ONE, this::delete));
    }

    private StreamReply list(Call call) {
        var shown = Json.array();
        shelf.list(call.grant()).stream()
                .filter(kept -> kept.value().seenBy(call.caller()))
                .forEach(kept -> shown.add(shown(kept)));
        return Replies.ok(Json.object().set("searches", shown));
    }

    private StreamReply create(Call call) {
        var search = SavedSearch.read(new Fields(call.json()), call.caller().user());
        var kept = shelf.together(
                call.effect(),
                all -> all.add(call.grant(), ids.any(), search).orElseThrow(Problem.VERSION_CONFLICT::refused));
        return Replies.of(201, one(kept));
    }

    private StreamReply read(Call call) {
        return Replies.ok(one(seen(call)));
    }

    /** The whole search; it stays its owner's. */
    private StreamReply change(Call call) {
        var present = changeable(call);
        var search = SavedSearch.read(new Fields(call.json()), present.value().owner());
        var kept = shelf.together(
                call.effect(),
                all -> all.replace(call.grant(), present, search)
                        .orElseThrow(() -> Problem.VERSION_CONFLICT.refused("It was changed by somebody else")));
        return Replies.ok(one(kept));
    }

    private StreamReply delete(Call call) {
        var id = changeable(call).id();
        shelf.together(call.effect(), all -> all.remove(call.grant(), id));
        return Replies.ok(Json.object().put("deleted", true));
    }

    private Kept<SavedSearch> seen(Call call) {
        var kept = shelf.require(call.grant(), call.variable("id"));
        if (!kept.value().seenBy(call.caller())) {
            throw Problem.SEARCH_NOT_FOUND.refused();
        }
        return kept;
    }

    private Kept<SavedSearch> changeable(Call call) {
        var kept = seen(call);
        if (!kept.value().changedBy(call.caller())) {
            throw Problem.FORBIDDEN.refused("Only its owner and admins may change it");
        }
        return kept;
    }

    private static ObjectNode one(Kept<SavedSearch> kept) {
        return Json.object().set("search", shown(kept));
    }

    private static ObjectNode shown(Kept<SavedSearch> kept) {
        return kept.value().shown().put("id", kept.id()).put("updated_at", Moments.text(kept.updated()));
    }
}
