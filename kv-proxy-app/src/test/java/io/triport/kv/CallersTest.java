package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.identity.apikey.ApiKey;
import io.triport.identity.apikey.ApiKeyOrder;
import io.triport.identity.apikey.ApiKeyPlan;
import io.triport.identity.apikey.ApiKeyService;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.Desks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers with tokens of an issuer and with API keys, beside those who sign. */
final class CallersTest {
    private static final String SECRET = "signing-secret-0123456789abcdef-0123456789";
    private static final String PUT = "{\"namespace\":\"N\",\"key\":\"a\",\"value\":1}";
    private static final String GET = "{\"namespace\":\"N\",\"key\":\"a\",\"type\":\"json\"}";

    private final KvWorld world = KvWorld.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final TokenIssuer issuer = TokenIssuer.at(world.clock());
    private final ProxyUnderTest proxy;

    CallersTest(@TempDir Path directory) {
        proxy = ProxyUnderTest.start(
                world,
                """
                identity:
                  idp: {type: jwt, issuer: https://idp.example, audience: [zin], keys: %s}
                  keys: {type: api-key, pepper: ["${env:PEPPER}"], store: kv-keys}
                triport:
                  kv:
                    keys:
                      signer: {secrets: ["${env:SECRET}"], scopes: [kv.get, kv.put], namespaces: [N], prefixes: [""]}
                    callers:
                      narrow: {by: idp, subjects: ["repo:acme/reports"], scopes: [kv.get], namespaces: [N], prefixes: ["a"]}
                      broad: {by: idp, subjects: ["repo:acme/*"], scopes: [kv.get, kv.put], namespaces: [N], prefixes: [""]}
                      team: {by: idp, roles: [ops], scopes: [kv.get, kv.delete], namespaces: [N], prefixes: [""]}
                      elsewhere: {by: idp, subjects: [elsewhere], scopes: [kv.get], namespaces: ["*"], prefixes: [""], cidrs: [192.0.2.0/24]}
                      former: {by: idp, subjects: [former], scopes: [kv.get], namespaces: ["*"], prefixes: [""], expires-at: 2025-12-31T00:00:00Z}
                      slow: {by: idp, subjects: [slow], scopes: [kv.get], namespaces: [N], prefixes: [""], rate-limit: {limit: 2, window: 1h}}
                      scripts: {by: keys, subjects: [billing], scopes: [kv.get, kv.put], namespaces: [N], prefixes: [""]}
                """.formatted(issuer.published(directory)),
                Map.of("SECRET", SECRET, "PEPPER", "a pepper of thirty-two bytes or more"));
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void a_token_opens_what_its_subject_may_and_nothing_else() {
        var token = bearer(issuer.token("repo:acme/site"));

        assertThat(call("put", PUT, token).status()).isEqualTo(200);
        assertThat(call("get", GET, token).body().toUtf8()).isEqualTo("{\"value\":1}");
        assertThat(call("list", "{\"namespace\":\"N\"}", token).code()).isEqualTo("SCOPE_DENIED");
        assertThat(call("get", "{\"namespace\":\"OTHER\",\"key\":\"a\"}", token).code())
                .isEqualTo("NAMESPACE_DENIED");
    }

    @Test
    void the_first_caller_that_means_somebody_counts() {
        var token = bearer(issuer.token("repo:acme/reports"));

        assertThat(call("get", GET, token).status()).isEqualTo(200);
        assertThat(call("put", PUT, token).code()).isEqualTo("SCOPE_DENIED");
        assertThat(call("get", "{\"namespace\":\"N\",\"key\":\"b\"}", token).code())
                .isEqualTo("PREFIX_DENIED");
    }

    @Test
    void a_role_is_as_good_as_a_subject() {
        var token = bearer(issuer.token("ada", ",\"role\":\"ops\""));

        assertThat(call("delete", "{\"namespace\":\"N\",\"key\":\"a\"}", token).status())
                .isEqualTo(200);
        assertThat(call("put", PUT, token).code()).isEqualTo("SCOPE_DENIED");
    }

    @Test
    void somebody_whom_no_caller_means_may_do_nothing() {
        for (var subject : List.of("ada", "repo:acme", "repo:acme/a/b", "billing")) {
            var refused = call("get", GET, bearer(issuer.token(subject)));

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("SCOPE_DENIED");
        }
    }

    @Test
    void a_token_that_names_scopes_of_the_proxy_opens_no_others() {
        var reading = bearer(issuer.token("repo:acme/site", ",\"scope\":\"openid kv.get kv.delete\""));
        var foreign = bearer(issuer.token("repo:acme/site", ",\"scope\":\"openid profile\""));

        assertThat(call("get", GET, reading).status()).isEqualTo(200);
        assertThat(call("put", PUT, reading).code()).isEqualTo("SCOPE_DENIED");
        assertThat(call("delete", "{\"namespace\":\"N\",\"key\":\"a\"}", reading)
                        .code())
                .isEqualTo("SCOPE_DENIED");
        assertThat(call("put", PUT, foreign).status()).isEqualTo(200);
    }

    @Test
    void a_token_that_does_not_hold_is_refused_and_nothing_is_done() {
        var subject = "repo:acme/site";
        var five = Duration.ofMinutes(5);
        var other = TokenIssuer.at(world.clock());
        var bad = Map.of(
                issuer.token("https://other.example", subject, five, ""),
                "INVALID_TOKEN",
                other.token(subject),
                "INVALID_TOKEN",
                issuer.token(subject) + "x",
                "INVALID_TOKEN",
                issuer.token(subject, ",\"nbf\":" + (world.clock().instant().getEpochSecond() + 600)),
                "INVALID_TOKEN",
                issuer.token("https://idp.example", subject, Duration.ofMinutes(-5), ""),
                "TOKEN_EXPIRED");

        bad.forEach((token, code) -> {
            var refused = call("put", PUT, bearer(token));
            assertThat(refused.status()).as(refused.body().toUtf8()).isEqualTo(401);
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        });
        assertThat(call("get", GET, bearer(issuer.token(subject))).body().toUtf8())
                .isEqualTo("{\"value\":null}");
    }

    @ParameterizedTest
    @CsvSource({"elsewhere, ADDRESS_DENIED", "former, KEY_EXPIRED"})
    void a_caller_is_bound_to_addresses_and_times_as_a_key_is(String subject, String code) {
        var refused = call("get", GET, bearer(issuer.token(subject)));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void a_caller_has_a_rate_of_his_own() {
        var token = bearer(issuer.token("slow"));

        var statuses =
                Stream.generate(() -> call("get", GET, token).status()).limit(3).toList();

        assertThat(statuses).containsExactly(200, 200, 429);
    }

    @Test
    void an_api_key_opens_the_scopes_that_it_was_made_with() {
        var both = key("billing", "kv.get", "kv.put");
        var reading = key("billing", "kv.get");

        assertThat(call("put", PUT, Map.of("X-API-Key", both.reveal())).status())
                .isEqualTo(200);
        assertThat(call("get", GET, bearer(reading.reveal())).status()).isEqualTo(200);
        assertThat(call("put", PUT, bearer(reading.reveal())).code()).isEqualTo("SCOPE_DENIED");
        assertThat(call("get", GET, bearer(key("billing").reveal())).code()).isEqualTo("SCOPE_DENIED");
        assertThat(call("get", GET, bearer(key("another", "kv.get").reveal())).code())
                .isEqualTo("SCOPE_DENIED");
    }

    @Test
    void an_api_key_that_is_unknown_or_disabled_opens_nothing() {
        var key = key("billing", "kv.get", "kv.put");
        var made = key.reveal();
        var last = made.charAt(made.length() - 1) == '0' ? '1' : '0';

        desk().disable(key.id());

        assertThat(call("put", PUT, bearer(made)).code()).isEqualTo("KEY_REVOKED");
        assertThat(call("put", PUT, bearer(made.substring(0, made.length() - 1) + last))
                        .code())
                .isEqualTo("UNKNOWN_KEY");
        assertThat(call("put", PUT, bearer("no key at all")).code()).isEqualTo("UNKNOWN_KEY");
    }

    @Test
    void who_signs_and_shows_the_token_of_somebody_else_is_refused() {
        var body = Bytes.utf8(PUT);
        var headers = new HashMap<>(bearer(issuer.token("repo:acme/site")));
        headers.putAll(new Signer("signer", SECRET, world.clock()).sign("POST", "/zin/kv/put", "", body));

        var refused = proxy.send("POST", "/zin/kv/put", headers, body);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("INVALID_SIGNATURE");
        assertThat(call("get", GET, bearer(issuer.token("repo:acme/site")))
                        .body()
                        .toUtf8())
                .isEqualTo("{\"value\":null}");
    }

    @Test
    void signatures_are_taken_as_before() {
        assertThat(proxy.post(new Signer("signer", SECRET, world.clock()), "put", PUT)
                        .status())
                .isEqualTo(200);
        assertThat(call("put", PUT, Map.of()).code()).isEqualTo("MISSING_HEADER");
    }

    private ProxyUnderTest.Answer call(String operation, String json, Map<String, String> headers) {
        return proxy.send("POST", "/zin/kv/" + operation, headers, Bytes.utf8(json));
    }

    private static Map<String, String> bearer(String credential) {
        return Map.of("Authorization", "Bearer " + credential);
    }

    private ApiKey key(String owner, String... scopes) {
        return desk().create(new ApiKeyOrder(
                "live",
                new Subject(owner),
                Stream.of(scopes).map(Scope::new).collect(Collectors.toUnmodifiableSet()),
                List.of(),
                Instant.MAX));
    }

    private ApiKeyService desk() {
        var settings = proxy.part(AppConfig.class).planned().stream()
                .filter(ApiKeyPlan.class::isInstance)
                .map(plan -> ((ApiKeyPlan) plan).settings())
                .findFirst()
                .orElseThrow();
        return proxy.part(Desks.class).apiKeys(settings);
    }
}
