package io.triport.manager.cloudflare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.util.List;

/** What clients ask before they ask for keys: whether their token is good, and which account it is for. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
final class AccountApi implements Routes {
    private final Account account;

    AccountApi(Account account) {
        this.account = account;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(Envelope.BASE + "user/tokens/verify", this::verify),
                Route.get(Envelope.BASE + "user", this::user),
                Route.get(Envelope.BASE + "accounts", this::accounts),
                Route.get(Envelope.BASE + "accounts/{account}", this::one),
                Route.get(Envelope.BASE + "memberships", this::memberships));
    }

    private StreamReply verify(Call call) {
        return Envelope.ok(Json.object().put("id", account.id()).put("status", "active"));
    }

    private StreamReply user(Call call) {
        return Envelope.ok(Json.object()
                .put("id", account.id())
                .put("email", call.caller().user())
                .put("suspended", false));
    }

    private StreamReply accounts(Call call) {
        var page = call.query().number("page", 1, 1_000_000, 1);
        var shown = Json.array();
        if (page == 1) {
            shown.add(named());
        }
        return Envelope.ok(shown, Page.info(page, 20, shown.size(), 1));
    }

    private StreamReply one(Call call) {
        account.require(call.variable("account"));
        return Envelope.ok(named());
    }

    private StreamReply memberships(Call call) {
        var membership = Json.object().put("id", account.id()).put("status", "accepted");
        membership.set("account", named());
        return Envelope.ok(Json.array().add(membership), Page.info(1, 20, 1, 1));
    }

    private ObjectNode named() {
        return Json.object().put("id", account.id()).put("name", Account.NAME);
    }
}
