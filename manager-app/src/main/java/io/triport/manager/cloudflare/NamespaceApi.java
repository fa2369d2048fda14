package io.triport.manager.cloudflare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.keyvalue.Namespace;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.namespace.Namespaces;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/** Namespaces by Cloudflare's API. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class NamespaceApi implements Routes {
    /** The path of all namespaces. */
    static final String ALL = Envelope.BASE + "accounts/{account}/storage/kv/namespaces";

    /** The path of one of them. */
    static final String ONE = ALL + "/{ns}";

    private static final int USUAL = 20;
    private static final int MOST = 1_000;

    private final Account account;
    private final Namespaces namespaces;

    NamespaceApi(Account account, Namespaces namespaces) {
        this.account = account;
        this.namespaces = namespaces;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, this::list),
                Route.post(ALL, this::create),
                Route.get(ONE, this::find),
                Route.put(ONE, this::rename),
                Route.delete(ONE, this::drop));
    }

    private StreamReply list(Call call) {
        account.require(call.variable("account"));
        var query = call.query();
        var page = Page.asked(query, USUAL, MOST);
        Comparator<Namespace> order = switch (query.text("order").orElse("title")) {
            case "title" -> Comparator.comparing(namespace -> namespace.title().bytes());
            case "id" -> Comparator.comparing(namespace -> namespace.id().text());
            default -> throw Fields.invalid("order", "id or title");
        };
        var directed = switch (query.text("direction").orElse("asc")) {
            case "asc" -> order;
            case "desc" -> order.reversed();
            default -> throw Fields.invalid("direction", "asc or desc");
        };
        var all = namespaces.all(call.grant()).stream().sorted(directed).toList();
        return page.of(all, NamespaceApi::shown);
    }

    private StreamReply create(Call call) {
        account.require(call.variable("account"));
        return Envelope.ok(shown(namespaces.create(ValueApi.author(call), title(call))));
    }

    private StreamReply find(Call call) {
        account.require(call.variable("account"));
        return Envelope.ok(shown(namespaces.require(call.grant(), call.variable("ns"))));
    }

    private StreamReply rename(Call call) {
        account.require(call.variable("account"));
        return Envelope.ok(shown(namespaces.rename(ValueApi.author(call), call.variable("ns"), title(call))));
    }

    private StreamReply drop(Call call) {
        account.require(call.variable("account"));
        namespaces.drop(ValueApi.author(call), call.variable("ns"), call.query().text("confirm"));
        return Envelope.nothing();
    }

    private static String title(Call call) {
        return new Fields(call.json()).text("title").orElseThrow(Problem.TITLE_MISSING::refused);
    }

    private static ObjectNode shown(Namespace namespace) {
        return Json.object()
                .put("id", namespace.id().text())
                .put("title", namespace.title().text())
                .put("supports_url_encoding", true);
    }
}
