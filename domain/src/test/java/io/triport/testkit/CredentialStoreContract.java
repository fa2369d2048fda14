package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.StoredCredential;
import io.triport.domain.request.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of credentials promises. */
public abstract class CredentialStoreContract {
    private static final CredentialId ID = new CredentialId("prod-app");

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Fixture fixture;

    /** What an adapter gives the contract. */
    public interface Fixture extends AutoCloseable {
        /** The store, the same until {@link #reopen}. */
        CredentialStore store();

        /** Closes the store and opens one over the same credentials; the same store where they live in it alone. */
        CredentialStore reopen();

        @Override
        void close();
    }

    /** A fixture over credentials of its own; the contract closes it. */
    protected abstract Fixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_saved_credential_is_found() {
        var saved = save("prod-app", "sealed");

        assertThat(store().find(ID)).contains(saved);
        assertThat(store().find(new CredentialId("Prod-app"))).isEmpty();
        assertThat(store().find(new CredentialId("prod-ap"))).isEmpty();
    }

    @Test
    void saving_again_replaces() {
        save("prod-app", "old");

        var replaced = save("prod-app", "new");

        assertThat(store().find(ID)).contains(replaced);
        assertThat(store().all()).containsExactly(replaced);
    }

    @Test
    void a_removed_credential_is_gone_and_removing_it_again_tells_so() {
        save("prod-app", "sealed");

        assertThat(store().remove(ID)).isTrue();

        assertThat(store().find(ID)).isEmpty();
        assertThat(store().all()).isEmpty();
        assertThat(store().remove(ID)).isFalse();
    }

    @Test
    void all_are_in_the_order_of_their_ids_bytes() {
        var inOrder = List.of("A", "a", "a b", "a'", "\u00E9", "\uFFEE", "\uD83D\uDE00");

        inOrder.reversed().forEach(id -> save(id, "sealed " + id));

        assertThat(store().all().stream().map(credential -> credential.id().text()))
                .isEqualTo(inOrder);
    }

    @Test
    void the_largest_credential_comes_back_whole() {
        var largest = new StoredCredential(ID, Bytes.copyOf(new SeededRandomness(7).bytes(65_536)));

        store().save(largest);

        assertThat(store().find(ID)).contains(largest);
    }

    @Test
    void the_revision_changes_with_every_change_and_with_nothing_else() {
        var revisions = Stream.<Runnable>of(
                        () -> {},
                        () -> save("prod-app", "sealed"),
                        () -> save("prod-app", "other"),
                        () -> save("second", "sealed"),
                        () -> store().remove(ID))
                .map(change -> {
                    change.run();
                    return store().revision();
                })
                .toList();

        assertThat(revisions).doesNotHaveDuplicates();
        store().find(ID);
        store().all();
        store().remove(ID);
        assertThat(store().revision()).isEqualTo(revisions.getLast());
    }

    @Test
    void a_credential_is_replaced_only_while_it_is_as_it_was_read() {
        var read = save("prod-app", "read");
        var mine = new StoredCredential(ID, Bytes.utf8("mine"));
        var theirs = new StoredCredential(ID, Bytes.utf8("theirs"));

        assertThat(store().replace(read, theirs)).isTrue();
        var revision = store().revision();
        assertThat(store().replace(read, mine)).isFalse();

        assertThat(store().find(ID)).contains(theirs);
        assertThat(store().revision()).isEqualTo(revision);
    }

    @Test
    void what_is_not_there_is_not_replaced() {
        var never = new StoredCredential(ID, Bytes.utf8("never"));

        assertThat(store().replace(never, new StoredCredential(ID, Bytes.utf8("other"))))
                .isFalse();

        assertThat(store().find(ID)).isEmpty();
    }

    @Test
    void what_was_not_there_is_added_only_while_it_is_not() {
        var mine = new StoredCredential(ID, Bytes.utf8("mine"));
        var theirs = new StoredCredential(ID, Bytes.utf8("theirs"));

        assertThat(store().replace(null, theirs)).isTrue();
        var revision = store().revision();
        assertThat(store().replace(null, mine)).isFalse();

        assertThat(store().find(ID)).contains(theirs);
        assertThat(store().revision()).isEqualTo(revision);
    }

    @Test
    void a_credential_is_removed_only_while_it_is_as_it_was_read() {
        var read = save("prod-app", "read");
        var theirs = save("prod-app", "theirs");
        var revision = store().revision();

        assertThat(store().remove(read)).isFalse();
        assertThat(store().revision()).isEqualTo(revision);
        assertThat(store().remove(theirs)).isTrue();

        assertThat(store().find(ID)).isEmpty();
        assertThat(store().revision()).isNotEqualTo(revision);
        assertThat(store().remove(theirs)).isFalse();
    }

    @Test
    void of_32_that_add_at_once_one_does() {
        var added = AtOnce.run(
                32, number -> () -> store().replace(null, new StoredCredential(ID, Bytes.utf8("new " + number))));

        assertThat(added).containsOnlyOnce(true);
    }

    @Test
    void of_32_that_replace_at_once_one_does() {
        var read = save("prod-app", "read");

        var replaced = AtOnce.run(
                32, number -> () -> store().replace(read, new StoredCredential(ID, Bytes.utf8("new " + number))));

        assertThat(replaced).containsOnlyOnce(true);
    }

    @Test
    void the_latest_use_of_a_credential_is_kept() {
        save("prod-app", "sealed");
        save("second", "sealed");

        store().noteUses(Map.of(ID, NOON, new CredentialId("second"), NOON.minusSeconds(5)));
        store().noteUses(Map.of(ID, NOON.minusSeconds(60), new CredentialId("second"), NOON.plusNanos(1_999_999)));

        assertThat(store().lastUses()).isEqualTo(Map.of(ID, NOON, new CredentialId("second"), NOON.plusMillis(1)));
    }

    @Test
    void a_use_changes_neither_credential_nor_revision() {
        var saved = save("prod-app", "sealed");
        var revision = store().revision();

        store().noteUses(Map.of(ID, NOON));

        assertThat(store().revision()).isEqualTo(revision);
        assertThat(store().find(ID)).contains(saved);
        assertThat(store().replace(saved, new StoredCredential(ID, Bytes.utf8("new"))))
                .isTrue();
        assertThat(store().lastUses()).isEqualTo(Map.of(ID, NOON));
    }

    @Test
    void the_use_of_a_credential_goes_with_it() {
        save("prod-app", "sealed");
        store().noteUses(Map.of(ID, NOON));

        store().remove(ID);
        store().noteUses(Map.of(ID, NOON));
        save("prod-app", "sealed");

        assertThat(store().lastUses()).isEmpty();
    }

    @Test
    void of_32_saves_at_once_none_is_lost() {
        AtOnce.run(32, number -> () -> save("id-" + number, "sealed " + number));

        assertThat(store().all()).hasSize(32);
        assertThat(store().find(new CredentialId("id-31")).orElseThrow().sealed())
                .isEqualTo(Bytes.utf8("sealed 31"));
    }

    @Test
    void a_store_opened_again_has_its_credentials_and_its_revision() {
        var saved = save("prod-app", "sealed");
        store().noteUses(Map.of(ID, NOON));
        var revision = store().revision();

        fixture.reopen();

        assertThat(store().all()).containsExactly(saved);
        assertThat(store().lastUses()).isEqualTo(Map.of(ID, NOON));
        assertThat(store().revision()).isEqualTo(revision);
    }

    private CredentialStore store() {
        return fixture.store();
    }

    private StoredCredential save(String id, String sealed) {
        var credential = new StoredCredential(new CredentialId(id), Bytes.utf8(sealed));
        store().save(credential);
        return credential;
    }
}
