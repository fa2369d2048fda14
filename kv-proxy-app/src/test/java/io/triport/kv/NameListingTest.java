package io.triport.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonReader;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.KvRefused;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.Test;

final class NameListingTest {
    private World world = World.empty();

    /** All tries of a property share one instance of this class. */
    @BeforeTry
    void begin_with_nothing_stored() {
        world = World.empty();
    }

    private record World(
            SettableClock clock, FakeStorageEngine engine, Storage storage, TestGrants grants, Grant operator) {
        static World empty() {
            var clock = SettableClock.anywhere();
            var engine = new FakeStorageEngine(clock);
            var grants = new TestGrants(clock);
            var storage = new Storage(engine, clock, new SettableTicker(), new RecordingStorageLog());
            return new World(clock, engine, storage, grants, grants.ofEverything());
        }
    }

    /** A pair as a client writes it. */
    record Pair(String namespace, String key) {}

    @Property
    void all_pages_together_are_all_names_in_the_order_of_their_bytes(
            @ForAll("pairs") Set<Pair> pairs,
            @ForAll("serverPrefixes") String serverPrefix,
            @ForAll("parts") String prefix,
            @ForAll @IntRange(min = 1, max = 5) int limit) {
        var names = new StoredNames(serverPrefix);
        pairs.forEach(pair -> store(names, pair));

        var listed = pages(names, world.operator(), prefix, limit);

        assertThat(listed).isEqualTo(model(names, pairs, prefix));
    }

    @Property
    void a_limited_key_lists_what_it_may_and_nothing_else(
            @ForAll("pairs") Set<Pair> pairs,
            @ForAll("parts") String namespace,
            @ForAll("parts") String keyPrefix,
            @ForAll("parts") String prefix,
            @ForAll @IntRange(min = 1, max = 3) int limit) {
        var names = new StoredNames("");
        pairs.forEach(pair -> store(names, pair));
        var title = names.title(namespace).text();
        var grant = world.grants().ofPrefix(title, KeyPrefix.of(keyPrefix));
        var visible = pairs.stream()
                .filter(pair -> pair.namespace().equals(namespace) && pair.key().startsWith(keyPrefix))
                .collect(Collectors.toSet());

        List<String> listed;
        try {
            listed = pages(names, grant, prefix, limit);
        } catch (KvRefused e) {
            assertThat(e.error()).isEqualTo(KvError.PREFIX_DENIED);
            return;
        }

        assertThat(model(names, visible, prefix)).containsAll(listed);
        if (keyPrefix.isEmpty()) {
            assertThat(listed).isEqualTo(model(names, visible, prefix));
        }
    }

    /** Whether it is refused depends on the key and the prefix alone, so a refusal tells nothing of what is stored. */
    @Property
    void a_refusal_does_not_depend_on_what_is_stored(
            @ForAll("pairs") Set<Pair> pairs,
            @ForAll("parts") String namespace,
            @ForAll("parts") String keyPrefix,
            @ForAll("parts") String prefix) {
        var names = new StoredNames("");
        var grant = world.grants().ofPrefix(names.title(namespace).text(), KeyPrefix.of(keyPrefix));

        var before = refused(names, grant, prefix);
        pairs.forEach(pair -> store(names, pair));

        assertThat(refused(names, grant, prefix)).isEqualTo(before);
    }

    @Test
    void names_of_two_namespaces_interleave() {
        var names = new StoredNames("");
        List.of(new Pair("a", "1"), new Pair("a", "z"), new Pair("a:b", "2"), new Pair("a", "b:3"), new Pair("", "a:c"))
                .forEach(pair -> store(names, pair));

        assertThat(pages(names, world.operator(), "", 2)).containsExactly("a:1", "a:b:2", "a:b:3", "a:c", "a:z");
    }

    @Test
    void equal_names_of_different_pairs_are_each_listed_once_whatever_the_page() {
        var names = new StoredNames("");
        List.of(new Pair("a", "b:c"), new Pair("a:b", "c"), new Pair("", "a:b:c"), new Pair("a", "b:d"))
                .forEach(pair -> store(names, pair));

        for (var limit = 1; limit <= 5; limit++) {
            assertThat(pages(names, world.operator(), "", limit)).containsExactly("a:b:c", "a:b:c", "a:b:c", "a:b:d");
        }
    }

    @Test
    void a_name_much_longer_than_a_key_is_no_obstacle() {
        var names = new StoredNames("");
        var title = "a:" + "b".repeat(500);
        List.of(
                        new Pair("a", "b"),
                        new Pair("a", "b".repeat(500)),
                        new Pair("a", "c"),
                        new Pair(title, "k".repeat(512)))
                .forEach(pair -> store(names, pair));

        assertThat(pages(names, world.operator(), "", 1))
                .containsExactly("a:b", title, title + ":" + "k".repeat(512), "a:c");
    }

    @Test
    void a_cursor_goes_on_after_its_key_was_deleted_and_keys_were_added_before() {
        var names = new StoredNames("");
        List.of(new Pair("a", "2"), new Pair("a", "3"), new Pair("b", "1")).forEach(pair -> store(names, pair));
        var first = list(names, world.operator(), "", 1, "");

        world.storage().keyValue(world.operator(), new NamespaceTitle("a")).delete(KvKey.of("2"));
        store(names, new Pair("a", "1"));

        assertThat(first.names()).containsExactly("a:2");
        assertThat(list(names, world.operator(), "", 5, first.cursor()).names()).containsExactly("a:3", "b:1");
    }

    @Test
    void a_cursor_of_another_list_of_another_caller_or_of_yesterday_is_refused() {
        var names = new StoredNames("");
        List.of(new Pair("a", "1"), new Pair("a", "2"), new Pair("b", "1")).forEach(pair -> store(names, pair));
        var ofAll = list(names, world.operator(), "", 1, "").cursor();
        var ofOne = listOne(names, "a", 1, "").cursor();
        var other = world.grants()
                .of(
                        "other",
                        new Permission(
                                TestGrants.EVERY_ACTION, Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));

        assertThat(list(names, world.operator(), "", 1, ofAll).names()).containsExactly("a:2");
        assertRefused(() -> list(names, world.operator(), "a", 1, ofAll));
        assertRefused(() -> list(names, other, "", 1, ofAll));
        assertRefused(() -> list(names, world.operator(), "", 1, ofOne));
        assertRefused(() -> listOne(names, "a", 1, ofAll));
        assertRefused(() -> listOne(names, "b", 1, ofOne));
        assertRefused(() -> list(names, world.operator(), "", 1, ofAll.substring(1)));
        world.clock().advance(Duration.ofHours(24).plusSeconds(1));
        assertRefused(() -> list(names, world.grants().ofEverything(), "", 1, ofAll));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StorageFailure.Rejected.class);
    }

    private boolean refused(StoredNames names, Grant grant, String prefix) {
        try {
            pages(names, grant, prefix, 10);
            return false;
        } catch (KvRefused e) {
            return true;
        }
    }

    private record Page(List<String> names, String cursor) {}

    private List<String> pages(StoredNames names, Grant grant, String prefix, int limit) {
        var all = new ArrayList<String>();
        var cursor = "";
        do {
            var page = list(names, grant, prefix, limit, cursor);
            assertThat(page.names()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.names());
            cursor = page.cursor();
        } while (!cursor.isEmpty());
        return all;
    }

    private Page list(StoredNames names, Grant grant, String prefix, int limit, String cursor) {
        return page(listing(names).overAll(grant, new KvCommand.ListNames("", prefix, limit, cursor)));
    }

    private Page listOne(StoredNames names, String namespace, int limit, String cursor) {
        var title = names.title(namespace);
        var space = new KvSpace(world.storage(), world.operator(), title);
        return page(listing(names).of(space, title, new KvCommand.ListNames(namespace, "", limit, cursor)));
    }

    private NameListing listing(StoredNames names) {
        return new NameListing(world.storage(), world.engine().cursors(), new KvSettings(names, 1000));
    }

    private static Page page(Bytes json) {
        var answer = (Json.Members) JsonReader.read(json);
        var names = ((Json.Array) answer.get("keys").orElseThrow())
                .items().stream().map(name -> ((Json.Text) name).value()).toList();
        var complete = answer.get("listComplete").orElseThrow();
        assertThat(complete).isEqualTo(new Json.Truth(answer.get("cursor").isEmpty()));
        return new Page(names, answer.text("cursor").orElse(""));
    }

    private void store(StoredNames names, Pair pair) {
        new KvSpace(world.storage(), world.operator(), names.title(pair.namespace()))
                .write(store -> store.put(KvKey.of(pair.key()), KvEntry.of("1"), KvCondition.ANY));
    }

    /** What the protocol says, done slowly: the parts that are not empty joined by colons. */
    private static List<String> model(StoredNames names, Set<Pair> pairs, String prefix) {
        var begin = names.serverPrefix().isEmpty() ? prefix : names.serverPrefix() + ":" + prefix;
        return pairs.stream()
                .map(pair -> List.of(names.serverPrefix(), pair.namespace(), pair.key()).stream()
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(":")))
                .filter(name -> Bytes.utf8(name).startsWith(Bytes.utf8(begin)))
                .sorted(Comparator.comparing(Bytes::utf8))
                .toList();
    }

    @Provide
    Arbitrary<Set<Pair>> pairs() {
        return Combinators.combine(parts(), parts().filter(key -> !key.isEmpty()))
                .as(Pair::new)
                .set()
                .ofMaxSize(12);
    }

    /** Of few characters, so that names meet; the last two sort differently as bytes and as characters. */
    @Provide
    Arbitrary<String> parts() {
        return Arbitraries.of("a", ":", "b", "!", "~", "\uffee", "\ud83d\ude00")
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> serverPrefixes() {
        return Arbitraries.of("", "zin_", "a", "a:b");
    }
}
