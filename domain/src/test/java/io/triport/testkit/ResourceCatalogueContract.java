package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.ResourceCatalogue;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every catalogue of containers promises. */
public abstract class ResourceCatalogueContract {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final NamespaceTitle OTHER = new NamespaceTitle("OTHER");
    private static final NamespaceId UNKNOWN = new NamespaceId("0".repeat(32));
    private static final KvKey KEY = KvKey.of("a");

    private StorageFixture fixture;

    /** A fixture over data of its own; the contract closes it. */
    protected abstract StorageFixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_namespace_is_found_by_title_and_by_id() {
        var created = catalogue().create(CACHE);

        assertThat(created.title()).isEqualTo(CACHE);
        assertThat(catalogue().find(CACHE)).contains(created);
        assertThat(catalogue().find(created.id())).contains(created);
        assertThat(catalogue().find(OTHER)).isEmpty();
        assertThat(catalogue().find(UNKNOWN)).isEmpty();
    }

    @Test
    void a_new_namespace_is_empty() {
        catalogue().create(CACHE);

        assertThat(store(CACHE).list(KvQuery.all()).keys()).isEmpty();
    }

    @Test
    void a_title_is_given_once() {
        catalogue().create(CACHE);

        assertFailure(FailureCode.CONFLICT, () -> catalogue().create(CACHE));
        assertThat(catalogue().namespaces()).hasSize(1);
    }

    @Test
    void of_16_that_create_a_title_at_once_one_succeeds() {
        var created = AtOnce.run(16, number -> this::createUnlessTaken).stream()
                .flatMap(Optional::stream)
                .toList();

        assertThat(created).hasSize(1);
        assertThat(catalogue().namespaces()).isEqualTo(created);
    }

    @Test
    void titles_differ_by_case_and_by_unicode_form() {
        var titles = List.of("CACHE", "cache", "\u00E9", "e\u0301", " cache", "a'b", "a%b").stream()
                .map(NamespaceTitle::new)
                .toList();

        titles.forEach(title -> catalogue().create(title));

        assertThat(titles)
                .allSatisfy(title -> assertThat(catalogue().find(title).map(Namespace::title))
                        .contains(title));
        assertThat(catalogue().namespaces()).hasSameSizeAs(titles);
    }

    @Test
    void namespaces_are_listed_in_the_order_of_their_titles_bytes() {
        var inOrder = List.of("A", "a", "\uFFEE", "\uD83D\uDE00");

        inOrder.reversed().forEach(title -> catalogue().create(new NamespaceTitle(title)));

        assertThat(catalogue().namespaces().stream()
                        .map(namespace -> namespace.title().text()))
                .isEqualTo(inOrder);
    }

    @Test
    void a_renamed_namespace_keeps_its_id_and_its_keys() {
        var created = catalogue().create(CACHE);
        put(CACHE, "v");

        var renamed = catalogue().rename(created.id(), OTHER);

        assertThat(renamed).isEqualTo(new Namespace(created.id(), OTHER));
        assertThat(catalogue().find(CACHE)).isEmpty();
        assertThat(catalogue().find(OTHER)).contains(renamed);
        assertThat(store(OTHER).get(KEY)).isPresent();
        assertFailure(FailureCode.NOT_FOUND, () -> store(CACHE).get(KEY));
    }

    @Test
    void a_namespace_may_be_renamed_to_its_own_title() {
        var created = catalogue().create(CACHE);

        assertThat(catalogue().rename(created.id(), CACHE)).isEqualTo(created);
    }

    @Test
    void a_namespace_is_not_renamed_to_a_title_that_is_taken() {
        var created = catalogue().create(CACHE);
        catalogue().create(OTHER);

        assertFailure(FailureCode.CONFLICT, () -> catalogue().rename(created.id(), OTHER));
        assertFailure(FailureCode.NOT_FOUND, () -> catalogue().rename(UNKNOWN, new NamespaceTitle("free")));
        assertThat(catalogue().find(CACHE)).contains(created);
    }

    @Test
    void a_dropped_namespace_is_gone_with_its_keys() {
        var created = catalogue().create(CACHE);
        put(CACHE, "v");
        put(CACHE, "v".repeat(100_000));

        assertThat(catalogue().drop(created.id())).isTrue();

        assertThat(catalogue().drop(created.id())).isFalse();
        assertThat(catalogue().find(created.id())).isEmpty();
        assertFailure(FailureCode.NOT_FOUND, () -> store(CACHE).get(KEY));
        var again = catalogue().create(CACHE);
        assertThat(again.id()).isNotEqualTo(created.id());
        assertThat(store(CACHE).list(KvQuery.all()).keys()).isEmpty();
    }

    @Test
    void dropping_a_namespace_leaves_the_others_alone() {
        var created = catalogue().create(CACHE);
        catalogue().create(OTHER);
        put(OTHER, "stays");

        catalogue().drop(created.id());

        assertThat(store(OTHER).get(KEY).orElseThrow().value().toUtf8()).isEqualTo("stays");
    }

    @Test
    void versions_grow_over_the_drop_of_a_namespace() {
        var created = catalogue().create(CACHE);
        put(CACHE, "v");
        var before = store(CACHE).get(KEY).orElseThrow().version();

        catalogue().drop(created.id());
        catalogue().create(CACHE);
        put(CACHE, "v");

        assertThat(store(CACHE).get(KEY).orElseThrow().version()).isGreaterThan(before);
    }

    @Test
    void an_engine_opened_again_knows_its_namespaces() {
        if (fixture.spares(Ability.REOPEN)) {
            return;
        }
        var created = catalogue().create(CACHE);

        fixture.reopen();

        assertThat(catalogue().namespaces()).containsExactly(created);
    }

    @Test
    void a_namespace_keeps_the_id_that_it_was_given_elsewhere() {
        var namespace = new Namespace(new NamespaceId("0123456789abcdef0123456789abcdef"), CACHE);
        if (!declares(Capability.GIVEN_IDS)) {
            assertFailure(FailureCode.UNSUPPORTED, () -> fixture.engine().adopt(namespace));
            return;
        }

        fixture.engine().adopt(namespace);

        assertThat(catalogue().namespaces()).containsExactly(namespace);
        put(CACHE, "v");
        assertThat(store(CACHE).get(KEY)).isPresent();
        assertFailure(FailureCode.CONFLICT, () -> fixture.engine().adopt(new Namespace(namespace.id(), OTHER)));
        assertFailure(FailureCode.CONFLICT, () -> fixture.engine().adopt(new Namespace(UNKNOWN, CACHE)));
    }

    @Test
    void another_process_has_the_same_data_unless_the_engine_has_it_alone() {
        var created = catalogue().create(CACHE);

        assertThat(seenBeside(created)).isEqualTo(!declares(Capability.ALONE));
    }

    private boolean seenBeside(Namespace namespace) {
        try {
            return fixture.beside().resources().namespaces().contains(namespace);
        } catch (StorageFailure.Unavailable keptOut) {
            return false;
        }
    }

    private boolean declares(Capability capability) {
        return fixture.engine().info().can(capability);
    }

    private Optional<Namespace> createUnlessTaken() {
        try {
            return Optional.of(catalogue().create(CACHE));
        } catch (StorageFailure.Rejected e) {
            assertThat(e.code()).isEqualTo(FailureCode.CONFLICT);
            return Optional.empty();
        }
    }

    private ResourceCatalogue catalogue() {
        return fixture.engine().resources();
    }

    private KeyValueStore store(NamespaceTitle title) {
        return fixture.engine().keyValue(title);
    }

    private void put(NamespaceTitle title, String value) {
        store(title).put(KEY, KvEntry.of(value), KvCondition.ANY);
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
