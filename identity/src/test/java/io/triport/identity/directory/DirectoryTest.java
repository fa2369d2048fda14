package io.triport.identity.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MasterSecret;
import io.triport.testkit.AtOnce;
import io.triport.testkit.FakeCredentialStore;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableTicker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DirectoryTest {
    private static final EntryKind BUCKET = new EntryKind("bucket");
    private static final EntryKind ROLE = new EntryKind("role");

    private final SettableTicker ticker = new SettableTicker();
    private final FakeCredentialStore shared = new FakeCredentialStore();
    private final Faulty store = new Faulty(shared);
    private final Directory directory = directory(store, Keyring.of(secret('a')));

    @Test
    void a_saved_entry_is_found_by_its_kind_and_name() {
        directory.save(bucket("data", "one"));

        assertThat(directory.find(BUCKET, "data")).contains(bucket("data", "one"));
        assertThat(directory.find(ROLE, "data")).isEmpty();
        assertThat(directory.find(BUCKET, "dat")).isEmpty();
    }

    @Test
    void the_entries_of_a_kind_are_in_the_order_of_their_names() {
        directory.save(bucket("b", "2"));
        directory.save(bucket("a/x", "1"));
        directory.save(new Entry(ROLE, "a", Bytes.utf8("r")));

        assertThat(directory.all(BUCKET)).containsExactly(bucket("a/x", "1"), bucket("b", "2"));
    }

    @Test
    void of_32_that_add_one_name_at_once_one_does() {
        var added = AtOnce.run(32, number -> () -> directory.add(bucket("data", "by " + number)));

        assertThat(added).containsOnlyOnce(true);
    }

    @Test
    void an_entry_is_replaced_only_while_it_is_as_it_was_read() {
        directory.save(bucket("data", "one"));

        assertThat(directory.replace(bucket("data", "one"), bucket("data", "two")))
                .isTrue();
        assertThat(directory.replace(bucket("data", "one"), bucket("data", "three")))
                .isFalse();

        assertThat(directory.find(BUCKET, "data")).contains(bucket("data", "two"));
    }

    @Test
    void a_removed_entry_is_gone_at_once() {
        directory.save(bucket("data", "one"));

        assertThat(directory.remove(BUCKET, "data")).isTrue();

        assertThat(directory.find(BUCKET, "data")).isEmpty();
        assertThat(directory.remove(BUCKET, "data")).isFalse();
    }

    @Test
    void an_entry_is_removed_only_while_it_is_as_it_was_read() {
        directory.save(bucket("data", "one"));
        directory.save(bucket("data", "two"));

        assertThat(directory.remove(bucket("data", "one"))).isFalse();
        assertThat(directory.remove(bucket("data", "two"))).isTrue();

        assertThat(directory.find(BUCKET, "data")).isEmpty();
    }

    @Test
    void what_another_node_writes_is_seen_within_a_second() {
        var other = directory(shared, Keyring.of(secret('a')));
        assertThat(directory.find(BUCKET, "data")).isEmpty();

        other.save(bucket("data", "one"));

        assertThat(directory.find(BUCKET, "data")).isEmpty();
        ticker.advance(Duration.ofSeconds(1));
        assertThat(directory.find(BUCKET, "data")).contains(bucket("data", "one"));
    }

    @Test
    void what_is_known_is_told_without_asking_the_store() {
        assertThat(directory.known(BUCKET, "data")).isEmpty();
        assertThat(store.asked.get()).isZero();

        directory.save(bucket("data", "one"));
        var asked = store.asked.get();
        ticker.advance(Duration.ofMinutes(5));

        assertThat(directory.known(BUCKET, "data")).contains(bucket("data", "one"));
        assertThat(store.asked.get()).isEqualTo(asked);
    }

    @Test
    void the_store_is_asked_once_in_a_second() {
        directory.find(BUCKET, "data");
        var asked = store.asked.get();

        for (var i = 0; i < 100; i++) {
            directory.find(BUCKET, "data");
        }

        assertThat(store.asked.get()).isEqualTo(asked);
    }

    @Test
    void what_was_read_stays_in_force_while_the_store_is_away() {
        directory.save(bucket("data", "one"));
        store.away = true;
        ticker.advance(Duration.ofMinutes(5));

        assertThat(directory.find(BUCKET, "data")).contains(bucket("data", "one"));
        assertThatThrownBy(() -> directory.save(bucket("more", "two"))).isInstanceOf(IdentityStateUnavailable.class);
    }

    @Test
    void a_node_that_never_read_anything_says_that_it_cannot_know() {
        store.away = true;

        assertThatThrownBy(() -> directory.find(BUCKET, "data")).isInstanceOf(IdentityStateUnavailable.class);
    }

    @Test
    void nothing_readable_lies_in_the_store() {
        directory.save(bucket("data", "secret_access_key"));

        var sealed =
                shared.find(new CredentialId("s3/bucket/data")).orElseThrow().sealed();

        assertThat(new String(sealed.toByteArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain("secret");
    }

    @Test
    void a_rotated_key_still_opens_and_a_forgotten_one_does_not() {
        directory.save(bucket("data", "one"));

        assertThat(directory(shared, Keyring.of(secret('b'), secret('a'))).find(BUCKET, "data"))
                .isPresent();
        assertThat(directory(shared, Keyring.of(secret('b'))).find(BUCKET, "data"))
                .isEmpty();
    }

    @Test
    void an_entry_does_not_open_under_another_name() {
        directory.save(bucket("data", "one"));
        var sealed =
                shared.find(new CredentialId("s3/bucket/data")).orElseThrow().sealed();

        shared.save(new StoredCredential(new CredentialId("s3/bucket/other"), sealed));
        shared.save(new StoredCredential(new CredentialId("s3/bucket"), Bytes.utf8("short")));
        ticker.advance(Duration.ofSeconds(1));

        assertThat(directory.find(BUCKET, "other")).isEmpty();
        assertThat(directory.all(BUCKET)).hasSize(1);
    }

    @Test
    void a_document_has_at_most_60_000_bytes() {
        var longest = new Entry(BUCKET, "data", Bytes.copyOf(new byte[60_000]));
        var longer = new Entry(BUCKET, "data", Bytes.copyOf(new byte[60_001]));

        directory.save(longest);

        assertThat(directory.find(BUCKET, "data")).contains(longest);
        assertThatThrownBy(() -> directory.save(longer)).isInstanceOf(InvalidInput.class);
    }

    private Directory directory(CredentialStore over, Keyring keyring) {
        return new Directory(over, keyring, "s3", ticker, new SeededRandomness(1));
    }

    private static MasterSecret secret(char start) {
        var text = new StringBuilder();
        for (var i = 0; i < 40; i++) {
            text.append((char) (start + i));
        }
        return MasterSecret.of(Secret.of(text.toString()));
    }

    private static Entry bucket(String name, String document) {
        return new Entry(BUCKET, name, Bytes.utf8(document));
    }

    /** A store that a test takes away, and that counts what it is asked. */
    private static final class Faulty implements CredentialStore {
        private final CredentialStore store;
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean away;

        private Faulty(CredentialStore store) {
            this.store = store;
        }

        private CredentialStore reached() {
            asked.incrementAndGet();
            if (away) {
                throw new IdentityStateUnavailable("away", new IllegalStateException("taken away by the test"));
            }
            return store;
        }

        @Override
        public Optional<StoredCredential> find(CredentialId id) {
            return reached().find(id);
        }

        @Override
        public List<StoredCredential> all() {
            return reached().all();
        }

        @Override
        public void save(StoredCredential credential) {
            reached().save(credential);
        }

        @Override
        public boolean replace(@Nullable StoredCredential before, StoredCredential after) {
            return reached().replace(before, after);
        }

        @Override
        public boolean remove(CredentialId id) {
            return reached().remove(id);
        }

        @Override
        public boolean remove(StoredCredential before) {
            return reached().remove(before);
        }

        @Override
        public long revision() {
            return reached().revision();
        }

        @Override
        public void noteUses(Map<CredentialId, Instant> uses) {
            reached().noteUses(uses);
        }

        @Override
        public Map<CredentialId, Instant> lastUses() {
            return reached().lastUses();
        }
    }
}
