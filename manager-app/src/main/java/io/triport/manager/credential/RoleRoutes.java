package io.triport.manager.credential;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.JsonText;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.access.GrantBook;
import io.triport.manager.access.RoleGrant;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Moments;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.route.Author;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** {@code /api/roles}: who has which role where (manager API, section 8.10). For admins of everything. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class RoleRoutes implements Routes {
    private static final String ALL = "/api/roles";
    private static final String ONE = ALL + "/{id}";

    private final GrantBook book;
    private final Storage storage;
    private final FreshId ids;
    private final Clock clock;

    RoleRoutes(GrantBook book, Storage storage, FreshId ids, Clock clock) {
        this.book = book;
        this.storage = storage;
        this.ids = ids;
        this.clock = clock;
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
        call.caller().requireAdmin();
        var shown = Json.array();
        book.shelf().list(call.grant()).forEach(kept -> shown.add(shown(kept)));
        var result = Json.object().put("enforced", book.enforced());
        result.set("grants", shown);
        return Replies.ok(result);
    }

    private StreamReply read(Call call) {
        return Replies.ok(one(required(call)));
    }

    private StreamReply create(Call call) {
        call.caller().requireAdmin();
        var grant = RoleGrant.read(
                new Fields(call.json()),
                Moments.text(clock.instant()),
                call.caller().user());
        requireAdminAfter(call, grants -> grants.add(new Kept<>("", grant, 0, clock.instant())));
        var made = changed(
                call,
                "create_role_grant",
                unit -> book.shelf()
                        .within(unit)
                        .add(call.grant(), ids.any(), grant)
                        .orElseThrow(Problem.VERSION_CONFLICT::refused));
        return Replies.of(201, one(made));
    }

    /** The whole grant. */
    private StreamReply change(Call call) {
        var present = required(call);
        var fields = new Fields(call.json());
        UnaryOperator<RoleGrant> change = one -> RoleGrant.read(fields, one.createdAt(), one.createdBy());
        var next = change.apply(present.value());
        requireAdminAfter(
                call,
                grants -> grants.replaceAll(one -> one.id().equals(present.id())
                        ? new Kept<>(one.id(), next, one.version(), one.updated())
                        : one));
        return Replies.ok(one(changed(
                call,
                "update_role_grant",
                unit -> book.shelf().within(unit).change(call.grant(), present.id(), change))));
    }

    private StreamReply delete(Call call) {
        var present = required(call);
        requireAdminAfter(call, grants -> grants.removeIf(one -> one.id().equals(present.id())));
        changed(call, "delete_role_grant", unit -> {
            if (!book.shelf().within(unit).remove(call.grant(), present.id())) {
                throw Problem.GRANT_NOT_FOUND.refused();
            }
            return present;
        });
        return Replies.ok(Json.object().put("deleted", true));
    }

    private Kept<RoleGrant> required(Call call) {
        call.caller().requireAdmin();
        return book.shelf().require(call.grant(), call.variable("id"));
    }

    /** Nobody takes his own keys out of his hand. */
    private void requireAdminAfter(Call call, Consumer<List<Kept<RoleGrant>>> change) {
        var grants = new ArrayList<>(book.shelf().list(call.grant()));
        change.accept(grants);
        var then = book.rights(
                call.caller().standing(), grants.stream().map(Kept::value).toList());
        if (!then.administer()) {
            throw Problem.WOULD_LOCK_OUT.refused();
        }
    }

    /** A change with its entry in the audit. */
    private Kept<RoleGrant> changed(Call call, String operation, Function<Storage, Kept<RoleGrant>> change) {
        var by = Author.of(call);
        var changed = by.together(storage, unit -> {
            var kept = change.apply(unit);
            by.tell(
                    unit,
                    operation,
                    AuditPlace.NONE,
                    clock.instant(),
                    new JsonText(shown(kept).toString()));
            return kept;
        });
        book.changed();
        return changed;
    }

    private static ObjectNode one(Kept<RoleGrant> kept) {
        return Json.object().set("grant", shown(kept));
    }

    private static ObjectNode shown(Kept<RoleGrant> kept) {
        return kept.value().shown().put("id", kept.id()).put("updated_at", Moments.text(kept.updated()));
    }
}
