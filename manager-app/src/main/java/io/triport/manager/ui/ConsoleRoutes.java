package io.triport.manager.ui;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.TransportSecurity;
import io.triport.domain.time.Randomness;
import io.triport.identity.edge.EdgeSettings;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Problem;
import io.triport.manager.route.Route;
import io.triport.manager.route.RouteTable;
import io.triport.manager.route.Routes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The console for browsers: one page for all its places, and what the page asks for (manager API, section 10). What is not listed
 * here is no place, so that a wrong path of the API is answered as such.
 */
@Singleton
@Requires(property = "micronaut.application.name", value = "manager")
public final class ConsoleRoutes implements Routes {
    /*
     * Policy. Scripts come from this server only. The editor and the dialogs make style sheets while they run; these carry a
     * number that is new in each answer of the page, which is why the page is never kept.
     *
     * Routes. The page is told which routes this manager has, and shows no control that would lead nowhere.
     */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self';"
                    + " base-uri 'self'; form-action 'self'; frame-ancestors 'none'; style-src 'self' ";

    private static final int NONCE_BYTES = 16;
    private static final String NONCE_PLACE = "<meta name=\"csp-nonce\" content=\"\"";
    private static final String ROUTES_PLACE = "<meta name=\"routes\" content=\"\"";
    private static final String BASE_PLACE = "<base href=\"/\"";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ASKED_AGAIN = "no-cache";

    /** What the page asks for lies below these. */
    private static final List<String> SHOWN = List.of("/api/", "/client/v4/");

    /** The first parts of the console's paths; what stands below each is the page's own matter. */
    private static final List<String> SECTIONS = List.of(
            "/namespaces",
            "/search",
            "/databases",
            "/queues",
            "/vectors",
            "/durable",
            "/jobs",
            "/schedules",
            "/crons",
            "/alerts",
            "/notifications",
            "/overview",
            "/webhooks",
            "/templates",
            "/audit",
            "/settings");

    private final ConsoleFiles files;
    private final String basePath;
    private final Randomness randomness;
    private final Supplier<List<Route>> all;

    /** @param table asked for when it is there: it is made of these routes too */
    @Inject
    ConsoleRoutes(EdgeSettings edge, Randomness randomness, Provider<RouteTable> table) {
        this(
                ConsoleFiles.in("static"),
                edge.basePath(),
                randomness,
                () -> table.get().routes());
    }

    ConsoleRoutes(ConsoleFiles files, String basePath, Randomness randomness, Supplier<List<Route>> all) {
        this.files = files;
        this.basePath = basePath;
        this.randomness = randomness;
        this.all = all;
    }

    @Override
    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.add(Route.open("GET", "/", fetch -> overTls(page(), fetch)));
        routes.add(Route.open("GET", "/sign-in", fetch -> overTls(page(), fetch)));
        for (var section : SECTIONS) {
            routes.add(Route.open("GET", section, fetch -> overTls(page(), fetch)));
            routes.add(Route.open("GET", section + "/{rest...}", fetch -> overTls(page(), fetch)));
        }
        routes.add(Route.open("GET", "/assets/{file}", fetch -> overTls(file(fetch), fetch)));
        routes.add(Route.open("GET", "/mark.svg", fetch -> overTls(file(fetch), fetch)));
        return routes;
    }

    /** Who came by TLS once, to us or to the proxy before us, comes by nothing else for a year (RFC 6797). */
    private static StreamReply overTls(StreamReply reply, Fetch fetch) {
        var secured = !fetch.peer().security().equals(TransportSecurity.PLAIN)
                || fetch.headers()
                        .only("x-forwarded-proto")
                        .filter("https"::equals)
                        .isPresent();
        return secured ? reply.with("Strict-Transport-Security", "max-age=31536000") : reply;
    }

    StreamReply page() {
        var page =
                files.page().orElseThrow(() -> Problem.NOT_FOUND.refused("This manager was built without its console"));
        var nonce = Base64.getEncoder().encodeToString(randomness.bytes(NONCE_BYTES));
        var guarded = all.get().stream()
                .filter(route -> route.handler() instanceof Route.Guarded)
                .filter(route -> SHOWN.stream().anyMatch(route.pattern().toString()::startsWith))
                .map(route -> route.method() + " " + route.pattern())
                .collect(Collectors.joining(","));
        var text = page.replace(NONCE_PLACE, filled(NONCE_PLACE, nonce))
                .replace(ROUTES_PLACE, filled(ROUTES_PLACE, guarded))
                .replace(BASE_PLACE, "<base href=\"" + basePath + "/\"");
        return guarded(StreamReply.of(200, "text/html; charset=utf-8", Bytes.utf8(text)))
                .with("Cache-Control", "no-store")
                .with("Content-Security-Policy", POLICY + "'nonce-" + nonce + "'")
                .with("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
                .with("X-Frame-Options", "DENY");
    }

    private static String filled(String place, String content) {
        return place.replace("\"\"", "\"" + content + "\"");
    }

    StreamReply file(Fetch fetch) {
        var path = fetch.target().path().substring(basePath.length() + 1);
        var file = files.find(path).orElseThrow(Problem.NOT_FOUND::refused);
        var encoding = Stream.of("br", "gzip")
                .filter(name -> file.packed().containsKey(name) && accepts(fetch.headers(), name))
                .findFirst();
        var tag = "\"" + file.tag() + encoding.map(name -> "-" + name).orElse("") + "\"";
        var fresh = fetch.headers().all("if-none-match").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(value -> value.strip().replaceFirst("^W/", "").equals(tag));
        var body = encoding.map(name -> file.packed().get(name)).orElse(file.plain());
        var reply = fresh ? StreamReply.of(304) : StreamReply.of(200, file.contentType(), body);
        if (!fresh && encoding.isPresent()) {
            reply = reply.with("Content-Encoding", encoding.get());
        }
        return guarded(reply)
                .with("Cache-Control", file.lasting() ? FOR_EVER : ASKED_AGAIN)
                .with("ETag", tag)
                .with("Vary", "Accept-Encoding");
    }

    private static StreamReply guarded(StreamReply reply) {
        return reply.with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** A coding that is named and not refused by a weight of nothing (RFC 9110 section 12.5.3). */
    private static boolean accepts(Headers headers, String coding) {
        return headers.all("accept-encoding").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .anyMatch(offer -> offer.equals(coding)
                        || (offer.startsWith(coding + ";") && !offer.matches(".*;\\s*q=0(\\.0*)?\\s*$")));
    }
}
