package io.triport.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Method;
import io.triport.domain.time.Randomness;
import io.triport.identity.apikey.ApiKey;
import io.triport.identity.apikey.ApiKeyMechanism;
import io.triport.identity.apikey.ApiKeySettings;
import io.triport.identity.apikey.ApiKeyTable;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MasterSecret;
import io.triport.identity.launch.Launch;
import io.triport.identity.signer.SignerKey;
import io.triport.identity.signer.SigningAlgorithm;
import io.triport.identity.sts.SessionKeys;
import io.triport.storage.sqlite.Sqlite;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestRequests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of an operator who has a shell and the configuration, and no running app. */
final class KeygenTest {
    private static final String PEPPER = "cGVwcGVyIG9mIDMyIGJ5dGVzIGZvciB0ZXN0cyAhISE";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(config(), """
            identity:
              keys: {pepper: ["${env:PEPPER}"]}
            """);
    }

    @Test
    void a_key_is_added_to_the_store_of_the_configuration_and_opens_what_it_says() {
        assertThat(run("--owner", "billing", "--scopes", "orders.read,orders.write", "--cidrs", "192.0.2.0/24"))
                .as(err::toString)
                .isZero();
        var key = ApiKey.parse(printed());

        assertThat(scopes(key, "192.0.2.7")).containsExactlyInAnyOrder("orders.read", "orders.write");
        assertThat(scopes(key, "198.51.100.7")).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain(key.revealSecret());
    }

    @Test
    void keys_are_listed_without_their_secrets() {
        run("--owner", "billing", "--scopes", "orders.read", "--expires", "2099-12-31T00:00:00Z");
        var key = ApiKey.parse(printed());

        assertThat(run("--list")).isZero();

        assertThat(printed())
                .startsWith("id=" + key.id() + " owner=billing scopes=orders.read cidrs= created=")
                .endsWith(" expires=2099-12-31T00:00:00Z last-used=never")
                .doesNotContain(key.revealSecret());
    }

    @Test
    void a_secret_is_replaced_and_a_key_is_disabled() {
        run("--owner", "billing", "--scopes", "orders.read");
        var old = ApiKey.parse(printed());

        assertThat(run("--rotate", old.id().text(), "--overlap", "1h")).isZero();
        var fresh = ApiKey.parse(printed());
        assertThat(scopes(old, "192.0.2.7")).isNotEmpty();
        assertThat(scopes(fresh, "192.0.2.7")).isNotEmpty();

        assertThat(run("--disable", old.id().text())).isZero();
        assertThat(scopes(fresh, "192.0.2.7")).isEmpty();
        assertThat(run("--disable", old.id().text())).isEqualTo(Launch.FAILED);
        assertThat(run("--rotate", old.id().text())).isEqualTo(Launch.FAILED);
    }

    @Test
    void a_store_that_an_app_has_open_is_said_to_be_so() {
        try (var running = Sqlite.open(directory.resolve("data"), Clock.systemUTC(), Randomness.system())) {
            assertThat(running.health().answers()).isTrue();

            assertThat(run("--owner", "billing")).isEqualTo(Launch.FAILED);
        }

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("keyed: ").hasLineCount(1);
        assertThat(printed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--owner",
                "--owner billing --key chosen-by-a-person",
                "--owner billing --owner sales",
                "--owner billing --list",
                "--scopes orders.read",
                "--owner billing --expires tomorrow",
                "--owner billing --expires 2020-01-01T00:00:00Z",
                "--owner billing --cidrs 192.0.2.1/24",
                "--owner billing --scopes a,,b",
                "--owner billing --mechanism others",
                "--rotate abc",
                "--rotate 0123456789abcdef --overlap 91d"
            })
    void what_cannot_be_done_is_wrong_usage(String words) {
        assertThat(run(words.split(" "))).isEqualTo(Launch.MISUSED);
        assertThat(printed()).isEmpty();
    }

    @Test
    void a_pepper_and_a_session_key_are_made_without_a_configuration() {
        assertThat(launch("keygen", "api-key")).isZero();
        var pepper = printed().lines().findFirst().orElseThrow();
        assertThat(launch("keygen", "session")).isZero();
        var session = printed().lines().findFirst().orElseThrow();

        assertThat(pepper).matches("export API_KEY_PEPPER=[\\w-]{43}");
        assertThat(session).matches("export SESSION_KEY=[\\w-]{43}");
        assertThat(MasterSecret.of(Secret.of(pepper.substring(pepper.indexOf('=') + 1))))
                .isNotNull();
    }

    @Test
    void a_key_to_sign_with_is_made_without_a_configuration_in_the_form_that_a_shell_takes() {
        assertThat(launch("keygen", "oidc")).isZero();
        var printed = printed();

        assertThat(printed).startsWith("export SIGNER_KEY='-----BEGIN PRIVATE KEY-----\n");
        var pem = printed.substring(printed.indexOf('\'') + 1, printed.lastIndexOf("'\n#"));
        assertThat(SignerKey.parse(Secret.of(pem)).algorithm()).isEqualTo(SigningAlgorithm.ES256);
    }

    @Test
    void a_key_for_session_tokens_is_made_without_a_configuration() {
        assertThat(launch("keygen", "session-token")).isZero();
        var line = printed().lines().findFirst().orElseThrow();

        assertThat(line).startsWith("export SESSION_TOKEN_KEY=");
        assertThat(SessionKeys.parse(line.substring(line.indexOf('=') + 1)).keys())
                .hasSize(1);
    }

    private List<String> scopes(ApiKey key, String peer) {
        try (var data = Sqlite.open(directory.resolve("data"), Clock.systemUTC(), Randomness.system())) {
            var outcome = mechanism(data.credentials())
                    .verify(
                            TestRequests.fetch(Method.GET, "/", Map.of("x-api-key", List.of(key.reveal())), peer),
                            Clock.systemUTC().instant());
            return outcome instanceof IdentityOutcome.Authenticated authenticated
                    ? authenticated.principal().scopes().stream()
                            .map(Scope::text)
                            .toList()
                    : List.of();
        }
    }

    private static ApiKeyMechanism mechanism(CredentialStore store) {
        var peppers = Keyring.of(MasterSecret.of(Secret.of(PEPPER)));
        var table = new ApiKeyTable("api-keys", peppers, store, new SettableTicker(), Randomness.system());
        table.follow();
        return new ApiKeyMechanism(
                ApiKeySettings.of(new MechanismName("keys"), "api-keys", peppers),
                table,
                new FakeRevocationList(new SettableTicker()));
    }

    private int run(String... words) {
        var all = new ArrayList<>(List.of("keygen", "api-key"));
        all.addAll(List.of(
                "--config",
                config().toString(),
                "--data",
                directory.resolve("data").toString()));
        all.addAll(List.of(words));
        return launch(all.toArray(String[]::new));
    }

    private int launch(String... words) {
        out.reset();
        err.reset();
        var environment = Map.of("PEPPER", PEPPER);
        return new Launch(
                        new KeyedApp(),
                        environment,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(words));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private Path config() {
        return directory.resolve("keyed.yaml");
    }
}
