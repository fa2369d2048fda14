package io.triport.manager.durable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.durable.ObjectClass;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.cloudflare.Account;
import io.triport.manager.cloudflare.Envelope;
import io.triport.manager.cloudflare.Page;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** Classes of durable objects and their objects, by Cloudflare's API. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class NamespaceApi implements Routes {
    private static final String ALL = Envelope.BASE + "accounts/{account}/workers/durable_objects/namespaces";
    private static final String OBJECTS = ALL + "/{class}/objects";
    private static final int USUAL = 20;
    private static final int MOST = 1_000;

    /** That a caller may ask for; a page has fewer. */
    private static final int MOST_OBJECTS = 10_000;

    private final Account account;
    private final Inventory inventory;

    NamespaceApi(Account account, Inventory inventory) {
        this.account = account;
        this.inventory = inventory;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(ALL, this::list), Route.get(OBJECTS, this::objects));
    }

    private StreamReply list(Call call) {
        account.require(call.variable("account"));
        return Page.asked(call.query(), USUAL, MOST)
                .of(inventory.open(call.grant()).classes(), NamespaceApi::shown);
    }

    /** Which app has the code is not known here. Every object may keep tables of SQL, whatever its class. */
    private static ObjectNode shown(ObjectClass type) {
        return Json.object()
                .put("id", Inventory.id(type))
                .put("name", type.text())
                .put("class", type.text())
                .putNull("script")
                .put("use_sqlite", true);
    }

    private StreamReply objects(Call call) {
        account.require(call.variable("account"));
        var type = inventory.requireId(call.grant(), call.variable("class"));
        var limit = Math.min(MOST, call.query().number("limit", 1, MOST_OBJECTS, MOST));
        var page = inventory.objects(call.grant(), type, call.query(), limit);
        var shown = Json.array();
        page.objects()
                .forEach(object ->
                        shown.addObject().put("id", object.id().toString()).put("hasStoredData", true));
        var next = inventory.next(type, page);
        var info = Json.object().put("count", shown.size()).put("per_page", limit);
        // Newer clients read the one, older ones the other.
        info.put("cursor", next).putObject("cursors").put("after", next);
        return Envelope.ok(shown, info);
    }
}
