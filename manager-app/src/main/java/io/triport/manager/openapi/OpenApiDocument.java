package io.triport.manager.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.identity.urltoken.UrlTokens;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.Problem;
import io.triport.manager.route.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the OpenAPI Specification 3.1 says of routes. */
final class OpenApiDocument {
    private static final String VERSION = "3.1.0";
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]+)(?:\\.\\.\\.)?}");

    /** Characters of an {@code Idempotency-Key}. */
    private static final int LONGEST_NAME = 128;

    /** The token in the query of a link, which stands beside the name of what it opens. */
    private static final String LINK = "link";

    /** Any of them will do. */
    private static final List<String> SCHEMES = List.of("bearer", "assertion", "session");

    /** Paths that differ in the names of their variables alone are one path to the specification. */
    private final Map<String, String> paths = new LinkedHashMap<>();

    private OpenApiDocument() {}

    /** @param basePath in front of all paths, empty for none */
    static String of(String basePath, List<Route> routes) {
        return YamlText.of(new OpenApiDocument().whole(basePath, routes));
    }

    private ObjectNode whole(String basePath, List<Route> routes) {
        var document = Json.object().put("openapi", VERSION);
        document.putObject("info")
                .put("title", "Triport manager")
                .put("version", "1")
                .put("description", "The manager's own API under /api, and Cloudflare's API under /client/v4.");
        document.putArray("servers").addObject().put("url", basePath.isEmpty() ? "/" : basePath);
        var described = document.putObject("paths");
        routes.forEach(route -> described
                .withObjectProperty(path(route))
                .set(route.method().toLowerCase(Locale.ROOT), operation(route)));
        document.set("components", components());
        var ways = document.putArray("security");
        SCHEMES.forEach(name -> ways.addObject().putArray(name));
        return document;
    }

    private String path(Route route) {
        var text = VARIABLE.matcher(route.pattern().toString()).replaceAll("{$1}");
        return paths.computeIfAbsent(VARIABLE.matcher(text).replaceAll("{}"), shape -> text);
    }

    private ObjectNode operation(Route route) {
        var path = path(route);
        var operation = Json.object().put("operationId", id(route.method(), path));
        operation.putArray("tags").add(tag(path));
        var parameters = Json.array();
        VARIABLE.matcher(path)
                .results()
                .forEach(found -> parameters
                        .addObject()
                        .put("name", found.group(1))
                        .put("in", "path")
                        .put("required", true)
                        .set("schema", Json.object().put("type", "string")));
        if (WITH_BODY.contains(route.method()) && route.handler() instanceof Route.Guarded) {
            parameters.addObject().put("$ref", "#/components/parameters/IdempotencyKey");
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        if (WITH_BODY.contains(route.method())) {
            var body = operation.putObject("requestBody").put("required", false);
            body.putObject("content").putObject("*/*");
        }
        var responses = operation.putObject("responses");
        responses.putObject("2XX").put("description", "Done");
        responses.putObject("default").put("$ref", "#/components/responses/Refused");
        switch (route.handler()) {
            case Route.Guarded any -> {}
            case Route.Linked linked ->
                operation.putArray("security").addObject().putArray(LINK);
            case Route.Open open -> operation.putArray("security");
        }
        return operation;
    }

    private static String id(String method, String path) {
        var id = new StringBuilder(method.toLowerCase(Locale.ROOT));
        Stream.of(path.split("[^A-Za-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .forEach(word ->
                        id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1)));
        return id.toString();
    }

    private static String tag(String path) {
        var parts = path.substring(1).split("/");
        return parts[0].equals("api") && parts.length > 1 ? parts[1] : parts[0];
    }

    private static ObjectNode components() {
        var components = Json.object();
        var schemes = components.putObject("securitySchemes");
        schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
        schemes.putObject("assertion").put("type", "apiKey").put("in", "header").put("name", "cf-access-jwt-assertion");
        schemes.putObject("session").put("type", "apiKey").put("in", "cookie").put("name", "CF_Authorization");
        schemes.putObject(LINK).put("type", "apiKey").put("in", "query").put("name", UrlTokens.PARAMETER);
        components.putObject("parameters").set("IdempotencyKey", idempotencyKey());
        var properties = Json.object();
        properties.putObject("success").put("type", "boolean").put("const", false);
        properties.putObject("error").put("type", "string").put("description", "One sentence for a person");
        var codes = properties.putObject("code").put("type", "string").putArray("enum");
        var distinct = new TreeSet<String>();
        Stream.of(Problem.values()).map(Problem::code).forEach(distinct::add);
        distinct.forEach(codes::add);
        properties.putObject("request_id").put("type", "string");
        var schema = components.putObject("schemas").putObject("Refusal").put("type", "object");
        schema.set("properties", properties);
        var refused = components.putObject("responses").putObject("Refused").put("description", "Refused");
        refused.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Refusal");
        return components;
    }

    private static ObjectNode idempotencyKey() {
        var parameter = Json.object()
                .put("name", "Idempotency-Key")
                .put("in", "header")
                .put("required", false)
                .put(
                        "description",
                        "A name for the call. The same call of the same name within 24 hours changes nothing and hears"
                            + " what the first one heard; another call of the name on this path is refused with 409.");
        parameter.putObject("schema").put("type", "string").put("minLength", 1).put("maxLength", LONGEST_NAME);
        return parameter;
    }
}
