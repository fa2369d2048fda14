package io.triport.identity.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.RevocationCheck;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.identity.keyring.TestKeyrings;
import io.triport.testkit.AtOnce;
import io.triport.testkit.FakeCredentialStore;
import io.triport.testkit.TestRequests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyServiceTest {
    private final TestTable keys = new TestTable();

    @Test
    void a_new_key_is_listed_without_its_secret() {
        var key = keys.create();

        var listed = keys.service.list();

        assertThat(listed).singleElement().satisfies(summary -> {
            assertThat(summary.id()).isEqualTo(key.id());
            assertThat(summary.owner()).isEqualTo(new Subject("billing"));
            assertThat(summary.scopes()).containsExactly(new Scope("orders.read"));
            assertThat(summary.createdAt()).isEqualTo(keys.clock.instant());
            assertThat(summary.expiresAt()).isEqualTo(Instant.MAX);
            assertThat(summary.lastUsedAt()).isEqualTo(Instant.MIN);
            assertThat(summary.rotateUntil()).isEqualTo(Instant.MIN);
            assertThat(summary.disabledAt()).isEqualTo(Instant.MAX);
        });
        assertThat(keys.service.find(key.id())).contains(listed.getFirst());
        assertThat(listed.toString()).doesNotContain(key.revealSecret());
        assertThat(key.toString()).doesNotContain(key.revealSecret());
    }

    @Test
    void two_keys_have_nothing_in_common() {
        var one = keys.create();
        var other = keys.create();

        assertThat(one.id()).isNotEqualTo(other.id());
        assertThat(one.revealSecret()).isNotEqualTo(other.revealSecret());
    }

    @Test
    void the_store_shows_neither_secret_nor_owner() {
        var key = keys.create();

        var stored = keys.store.all().getFirst();
        var text = new String(stored.sealed().toByteArray(), StandardCharsets.ISO_8859_1);

        assertThat(stored.id()).hasToString("api-key/api-keys/" + key.id());
        assertThat(text)
                .doesNotContain("billing")
                .doesNotContain(key.revealSecret())
                .doesNotContain("orders.read");
    }

    @Test
    void a_row_that_was_moved_to_another_key_opens_nothing() {
        var weak = keys.create();
        var strong = keys.create();
        var name = new CredentialId("api-key/api-keys/" + strong.id());
        var moved = keys.store
                .find(new CredentialId("api-key/api-keys/" + weak.id()))
                .orElseThrow();

        keys.store.save(new StoredCredential(name, moved.sealed()));
        keys.table.follow();

        assertThat(keys.service.find(strong.id())).isEmpty();
        assertThat(keys.service.list()).hasSize(1);
        assertThat(good(keys, weak)).isTrue();
        assertThat(good(keys, strong)).isFalse();
    }

    @Test
    void a_row_with_a_changed_bit_opens_nothing() {
        var key = keys.create();
        var stored = keys.store.all().getFirst();
        for (var bit = 0; bit < stored.sealed().size() * 8; bit += 7) {
            var altered = stored.sealed().toByteArray();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            keys.store.save(new StoredCredential(stored.id(), Bytes.copyOf(altered)));
            keys.table.follow();

            assertThat(good(keys, key)).as("bit %s", bit).isFalse();
        }
    }

    @Test
    void an_end_that_is_over_is_refused() {
        var order = new ApiKeyOrder("live", new Subject("billing"), Set.of(), List.of(), keys.clock.instant());

        assertThatThrownBy(() -> keys.service.create(order)).isInstanceOf(InvalidInput.class);
        assertThat(keys.store.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Live", "li_ve", "abcdefghijklmnopq"})
    void an_environment_is_short_and_plain(String environment) {
        assertThatThrownBy(() -> TestTable.order(environment)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_change_on_one_node_is_seen_on_another_within_ten_seconds() {
        var other = new TestTable(keys.store, TestKeyrings.of(1));
        var key = keys.create();
        assertThat(good(other, key)).isFalse();

        pass(other, Duration.ofSeconds(10));
        assertThat(good(other, key)).isTrue();

        keys.service.disable(key.id());
        assertThat(good(keys, key)).isFalse();
        pass(other, Duration.ofSeconds(10));
        assertThat(good(other, key)).isFalse();
    }

    @Test
    void of_a_disabling_and_a_rotation_at_once_neither_is_lost() {
        for (var round = 0; round < 20; round++) {
            var key = keys.create();

            AtOnce.run(
                    8,
                    number -> () -> number == 0
                            ? keys.service.disable(key.id())
                            : keys.service
                                    .rotate(key.id(), "live", Duration.ofHours(1))
                                    .isPresent());

            assertThat(keys.service.find(key.id()))
                    .hasValueSatisfying(found -> assertThat(found.disabledAt()).isEqualTo(keys.clock.instant()));
        }
    }

    @Test
    void a_disabled_key_is_neither_disabled_nor_rotated_again() {
        var key = keys.create();
        keys.service.disable(key.id());

        assertThat(keys.service.disable(key.id())).isFalse();
        assertThat(keys.service.rotate(key.id(), "live", Duration.ofHours(1))).isEmpty();
    }

    @Test
    void a_deleted_key_is_gone() {
        var key = keys.create();

        assertThat(keys.service.delete(key.id())).isTrue();

        assertThat(good(keys, key)).isFalse();
        assertThat(keys.service.list()).isEmpty();
        assertThat(keys.service.delete(key.id())).isFalse();
    }

    @Test
    void what_was_remembered_elsewhere_of_a_key_is_revoked_with_it() {
        var rotated = keys.create();
        var disabled = keys.create();
        keys.clock.advance(Duration.ofSeconds(1));

        keys.service.rotate(rotated.id(), "live", Duration.ZERO);
        keys.service.disable(disabled.id());

        assertThat(check(rotated, keys.clock.instant().minusSeconds(1))).isInstanceOf(RevocationCheck.Revoked.class);
        assertThat(check(rotated, keys.clock.instant())).isInstanceOf(RevocationCheck.Standing.class);
        assertThat(check(disabled, keys.clock.instant())).isInstanceOf(RevocationCheck.Revoked.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT59S", "P91D"})
    void two_secrets_are_good_together_for_a_minute_to_90_days(Duration overlap) {
        var key = keys.create();

        assertThatThrownBy(() -> keys.service.rotate(key.id(), "live", overlap)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void the_last_use_is_written_once_a_minute_and_not_by_requests() {
        var store = new SwitchedStore(new FakeCredentialStore());
        var node = new TestTable(store, TestKeyrings.of(1));
        var key = node.create();
        for (var second = 0; second < 119; second++) {
            assertThat(good(node, key)).isTrue();
            pass(node, Duration.ofSeconds(1));
        }

        assertThat(store.uses()).isEqualTo(1);
        assertThat(store.lastUses().values())
                .containsExactly(node.clock.instant().minusSeconds(60));
        assertThat(node.service.list().getFirst().lastUsedAt())
                .isEqualTo(node.clock.instant().minusSeconds(1));
    }

    @Test
    void uses_that_could_not_be_written_are_written_later() {
        var store = new SwitchedStore(new FakeCredentialStore());
        var node = new TestTable(store, TestKeyrings.of(1));
        var key = node.create();
        assertThat(good(node, key)).isTrue();
        var used = node.clock.instant();
        store.fail(new IdentityStateUnavailable("away", new IllegalStateException()));
        pass(node, Duration.ofMinutes(2));

        store.heal();
        pass(node, Duration.ofMinutes(1));

        assertThat(store.lastUses().values()).containsExactly(used);
    }

    @Test
    void keys_of_another_set_and_other_credentials_are_passed_over() {
        var other = new ApiKeyTable("other", TestKeyrings.of(1), keys.store, keys.ticker, TestTable.RANDOMNESS);
        var key = keys.create();
        keys.store.save(new StoredCredential(new CredentialId("api-key/other/x"), Bytes.utf8("x")));
        keys.store.save(new StoredCredential(new CredentialId("prod-app"), Bytes.utf8("x")));

        other.follow();

        assertThat(other.find(key.id())).isEmpty();
        assertThat(keys.service.list()).hasSize(1);
    }

    @Test
    void a_new_pepper_is_for_new_keys_and_the_old_one_verifies() {
        var old = keys.create();
        var after = new TestTable(keys.store, TestKeyrings.of(2, 1));
        var fresh = after.create();

        assertThat(good(after, old)).isTrue();
        assertThat(good(after, fresh)).isTrue();
        assertThat(good(new TestTable(keys.store, TestKeyrings.of(2)), old)).isFalse();
        assertThat(good(new TestTable(keys.store, TestKeyrings.of(2)), fresh)).isTrue();
        assertThat(good(keys, fresh)).isFalse();
    }

    private static boolean good(TestTable node, ApiKey key) {
        var request = TestRequests.fetch(Method.GET, "/", Map.of("x-api-key", List.of(key.reveal())), "192.0.2.7");
        return node.mechanism().verify(request, node.clock.instant()) instanceof IdentityOutcome.Authenticated;
    }

    private RevocationCheck check(ApiKey key, Instant issuedAt) {
        return keys.revocations.check(
                Set.of(new RevocationKey.Credential(key.id().credential())), issuedAt);
    }

    private static void pass(TestTable node, Duration time) {
        for (var second = 0; second < time.toSeconds(); second++) {
            node.clock.advance(ApiKeyTable.EVERY);
            node.ticker.advance(ApiKeyTable.EVERY);
            node.table.follow();
        }
    }
}
