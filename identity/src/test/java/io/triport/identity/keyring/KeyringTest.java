package io.triport.identity.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigJson;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KeyringTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "NEW", "bmV3IHNlY3JldCBvZiAzMiBieXRlcyBmb3IgdGVzdHM",
            "OLD", "b2xkIHNlY3JldCBvZiAzMiBieXRlcyBmb3IgdGVzdHM",
            "SHORT", "too short");

    @Test
    void the_first_signs_and_all_verify() {
        var before = TestKeyrings.of(1);
        var after = TestKeyrings.of(2, 1);
        var purpose = new Purpose("session");

        assertThat(after.first()).isEqualTo(TestKeyrings.secret(2));
        assertThat(after.macs(purpose).keySet())
                .containsExactly(
                        TestKeyrings.secret(2).id(), TestKeyrings.secret(1).id())
                .containsAll(before.macs(purpose).keySet());
        assertThat(after.seals(purpose)).hasSize(2);
    }

    @Test
    void a_keyring_has_a_secret_and_none_twice() {
        assertThatThrownBy(() -> new Keyring(List.of())).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> TestKeyrings.of(1, 2, 1)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> TestKeyrings.of(1, 2, 3, 4, 5, 6, 7, 8, 9)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void secrets_are_read_by_reference() {
        var keyring = read("[\"${env:NEW}\", \"${env:OLD}\"]");

        assertThat(keyring.secrets()).hasSize(2);
        assertThat(keyring.first()).isNotEqualTo(keyring.secrets().getLast());
    }

    @Test
    void a_keyring_that_cannot_be_used_stops_the_start_and_shows_no_secret() {
        assertThatThrownBy(() -> read("[]")).isInstanceOf(ConfigError.class).hasMessageContaining("app.browser.keys");
        assertThatThrownBy(() -> read("[\"${env:NEW}\", \"${env:NEW}\"]")).isInstanceOf(ConfigError.class);
        assertThatThrownBy(() -> read("[\"${env:SHORT}\"]"))
                .isInstanceOf(ConfigError.class)
                .hasMessageNotContaining("too short");
        assertThatThrownBy(() -> read("[\"bmV3IHNlY3JldCBvZiAzMiBieXRlcyBmb3IgdGVzdHM\"]"))
                .isInstanceOf(ConfigError.class)
                .hasMessageNotContaining("bmV3IHNl");
    }

    private static Keyring read(String keys) {
        var file = ConfigJson.parse("test", "{\"app\": {\"browser\": {\"keys\": " + keys + "}}}");
        Section section =
                new Sources(file, ENVIRONMENT, Map.of()).root().section("app").section("browser");
        return Keyring.read(section, "keys", "about");
    }
}
