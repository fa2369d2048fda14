package io.triport.manager.signin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.access.Loopback;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Refusal;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.edge.FailureLimit;
import io.triport.identity.launch.Desks;
import io.triport.identity.log.RequestLog;
import io.triport.identity.oidc.LoginDesk;
import io.triport.identity.page.PageAnswer;
import io.triport.identity.session.Login;
import io.triport.identity.session.SessionDesk;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.access.Caller;
import io.triport.manager.access.ManagerRole;
import io.triport.manager.access.Mechanisms;
import io.triport.manager.access.Standing;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Replies;
import io.triport.manager.route.Call;
import io.triport.manager.route.Route;
import io.triport.manager.route.Routes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and who one is. */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class SignInRoutes implements Routes {
    private static final Caller DEVELOPER =
            Caller.of(new Standing("dev@localhost", Set.of(), "", ManagerRole.ADMIN), ManagerRole.ADMIN);

    /** The cookie of the identity-aware proxy, which the front ends of the contract expect to go. */
    private static final Set<String> THEIRS = Set.of("CF_Authorization");

    private static final String REFUSED = "/?sign_in=refused";
    private static final String AWAY = "/?sign_in=unavailable";

    private final WaysIn ways;
    private final String basePath;
    private final @Nullable SessionDesk desk;
    private final @Nullable LoginDesk logins;
    private final FailureLimit failures;
    private final RequestLog log;

    SignInRoutes(WaysIn ways, Desks desks, EdgeSettings edge, FailureLimit failures, RequestLog log) {
        this.failures = failures;
        this.log = log;
        this.ways = ways;
        this.basePath = edge.basePath();
        var sessions = ways.sessions();
        var provider = ways.provider();
        this.desk = sessions == null ? null : desks.sessions(sessions);
        this.logins = sessions == null || provider == null ? null : desks.logins(provider, sessions);
    }

    @Override
    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.add(Route.open("GET", "/api/sign-in", this::ways));
        routes.add(Route.get("/api/me", this::me));
        routes.add(Route.open("GET", "/cdn-cgi/access/logout", this::leave));
        routes.add(Route.open("POST", "/api/sign-out", this::signOut));
        if (desk != null) {
            routes.add(Route.post("/api/sign-in/token", this::byCredential));
            if (ways.development()) {
                routes.add(Route.open("POST", "/api/sign-in/dev", this::byClick));
            }
        }
        if (logins != null) {
            routes.add(Route.open("GET", WaysIn.LOGIN, fetch -> page(logins.begin(fetch))));
            routes.add(Route.open("GET", WaysIn.CALLBACK, fetch -> page(logins.callback(fetch))));
            routes.add(Route.open("POST", WaysIn.ENDED, fetch -> backChannel(fetch, logins)));
        }
        return routes;
    }

    /** Somebody has come in by his session: his provider may want to be asked whether that still stands. */
    public void used(Principal principal) {
        if (logins != null && principal.mechanism().equals(Mechanisms.SESSION)) {
            logins.used(principal);
        }
    }

    /** No browser comes here but the provider itself, and anybody who calls himself so. */
    private StreamReply backChannel(Fetch fetch, LoginDesk desk) {
        var peer = fetch.peer().address();
        var wait = failures.wait(peer);
        if (wait.isPositive()) {
            log.limited(fetch.id(), "rejected-credentials");
            throw Problem.RATE_LIMITED.refused().with("Retry-After", Long.toString(Math.max(1, wait.toSeconds() + 1)));
        }
        var answer = desk.ended(fetch);
        if (answer instanceof PageAnswer.Refused refused) {
            var mechanism = Mechanisms.SESSION;
            log.refused(fetch, new Refusal(refused.reason(), mechanism, List.of(mechanism), Duration.ZERO));
            if (refused.reason().badCredential()) {
                failures.failed(peer);
            }
        }
        return withFields(StreamReply.of(answer.status()), answer);
    }

    /** A browser shows what it gets here, so what went wrong is for a page of ours to say. */
    private StreamReply page(PageAnswer answer) {
        var reply = switch (answer) {
            case PageAnswer.Refused refused -> StreamReply.of(303).with("Location", basePath + REFUSED);
            case PageAnswer.Unavailable away -> StreamReply.of(303).with("Location", basePath + AWAY);
            case PageAnswer other -> StreamReply.of(other.status());
        };
        return withFields(reply, answer);
    }

    private static StreamReply withFields(StreamReply reply, PageAnswer answer) {
        var more = reply;
        for (var field : answer.fields()) {
            more = more.with(field.name(), field.value());
        }
        return more;
    }

    /** Values of {@code Set-Cookie} that a session gets which is used. */
    public List<String> renewed(Headers headers) {
        return desk == null ? List.of() : desk.renewed(headers);
    }

    private StreamReply ways(Fetch fetch) {
        var methods = Json.array();
        if (desk != null && mayClick(fetch)) {
            methods.add(Json.object().put("type", "dev"));
        }
        Optional.ofNullable(ways.team())
                .ifPresent(
                        team -> methods.add(Json.object().put("type", "access").put("team", team)));
        if (logins != null) {
            methods.add(Json.object()
                    .put("type", "oidc")
                    .put("name", ways.providerName())
                    .put("url", WaysIn.LOGIN));
        }
        if (desk != null) {
            methods.add(Json.object().put("type", "token"));
        }
        return Replies.ok(Json.object().set("methods", methods));
    }

    private StreamReply me(Call call) {
        return Replies.ok(shown(call.caller()));
    }

    private static ObjectNode shown(Caller caller) {
        var node = Json.object()
                .put("user", caller.user())
                .put("role", caller.role().text())
                .put("everywhere", caller.rights().everywhere());
        var rights = node.putArray("grants");
        caller.rights().all().stream().distinct().forEach(right -> rights.add(right.shown()));
        return node;
    }

    private StreamReply byClick(Fetch fetch) {
        if (!mayClick(fetch)) {
            throw Problem.FORBIDDEN.refused("The development session is for addresses such as http://localhost alone");
        }
        return begun(DEVELOPER, Instant.MAX);
    }

    /** A page of another site, whose name leads to this machine, would call itself our own. */
    private boolean mayClick(Fetch fetch) {
        return ways.development()
                && fetch.headers()
                        .only("host")
                        .filter(host ->
                                Loopback.isHost(host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "")))
                        .isPresent();
    }

    /** Whoever has shown something that holds gets a session in its place, so that pages need not keep it. */
    private StreamReply byCredential(Call call) {
        return begun(call.caller(), call.grant().principal().validUntil());
    }

    /** @param until when what was shown ends, and the session with it */
    private StreamReply begun(Caller caller, Instant until) {
        if (desk == null) {
            throw Problem.NOT_FOUND.refused();
        }
        var standing = caller.standing();
        var claims = new HashMap<String, ClaimValue>();
        if (caller.user().contains("@")) {
            claims.put("email", new ClaimValue.Text(caller.user()));
        }
        if (!standing.key().isEmpty()) {
            claims.put(Standing.KEY_CLAIM, new ClaimValue.Text(standing.key()));
            // By which the session ends when the key is deleted.
            claims.put("jti", new ClaimValue.Text(standing.key()));
        }
        if (until.isBefore(Instant.MAX)) {
            claims.put(Standing.UNTIL_CLAIM, new ClaimValue.Text(until.toString()));
        }
        var login = new Login(
                Mechanisms.OURSELVES,
                new Subject(caller.user()),
                standing.groups().stream().map(Role::new).collect(Collectors.toUnmodifiableSet()),
                standing.own() == null ? Set.of() : Set.of(standing.own().scope()),
                Claims.of(claims));
        return withCookies(Replies.ok(shown(caller)), desk.begin(login));
    }

    private StreamReply signOut(Fetch fetch) {
        var farewell = logins == null ? "" : logins.farewell();
        var reply =
                farewell.isEmpty() ? Replies.done() : Replies.ok(Json.object().put("logout_url", farewell));
        return withCookies(reply, ended(fetch));
    }

    private StreamReply leave(Fetch fetch) {
        return withCookies(StreamReply.of(302).with("Location", "/").with("Cache-Control", "no-store"), ended(fetch));
    }

    private List<String> ended(Fetch fetch) {
        return desk == null
                ? THEIRS.stream().map(name -> name + "=; Path=/; Max-Age=0").toList()
                : desk.end(fetch.headers(), THEIRS);
    }

    private static StreamReply withCookies(StreamReply reply, List<String> cookies) {
        var more = reply;
        for (var cookie : cookies) {
            more = more.with("Set-Cookie", cookie);
        }
        return more;
    }
}
