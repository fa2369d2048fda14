package io.triport.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.cursor.Cursor;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvStart;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PermissionTest {
    private static final Set<ResourcePattern> CACHE = Set.of(ResourcePattern.exactly("CACHE"));
    private static final Set<KeyPrefix> APP1 = Set.of(KeyPrefix.of("app1:"));

    @Test
    void it_permits_its_actions_on_its_containers_with_its_prefixes() {
        var permission = new Permission(Set.of(Action.KV_GET), CACHE, APP1);

        assertThat(permission.permits(Action.KV_GET, key("CACHE", "app1:a"))).isTrue();
        assertThat(permission.permits(Action.KV_GET, key("CACHE", "app1:"))).isTrue();
        assertThat(permission.permits(Action.KV_PUT, key("CACHE", "app1:a"))).isFalse();
        assertThat(permission.permits(Action.KV_GET, key("cache", "app1:a"))).isFalse();
        assertThat(permission.permits(Action.KV_GET, key("CACHE ", "app1:a"))).isFalse();
        assertThat(permission.permits(Action.KV_GET, key("CACHE", "app1"))).isFalse();
        assertThat(permission.permits(Action.KV_GET, key("CACHE", "App1:a"))).isFalse();
        assertThat(permission.permits(Action.KV_GET, key("CACHE", "app10"))).isFalse();
        assertThat(permission.permits(Action.KV_GET, key("CACHE", ""))).isFalse();
    }

    @Test
    void it_permits_its_actions_somewhere_when_it_has_a_container_and_a_prefix_for_them() {
        var permission = new Permission(Set.of(Action.KV_LIST), CACHE, APP1);

        assertThat(permission.permitsSomewhere(Action.KV_LIST, Bytes.utf8("app1:a")))
                .isTrue();
        assertThat(permission.permitsSomewhere(Action.KV_LIST, Bytes.utf8("app1")))
                .isFalse();
        assertThat(permission.permitsSomewhere(Action.KV_LIST, Bytes.EMPTY)).isFalse();
        assertThat(permission.permitsSomewhere(Action.KV_GET, Bytes.utf8("app1:a")))
                .isFalse();
        assertThat(new Permission(Set.of(Action.KV_LIST), Set.of(), APP1)
                        .permitsSomewhere(Action.KV_LIST, Bytes.utf8("app1:a")))
                .isFalse();
        assertThat(new Permission(Set.of(Action.KV_LIST), CACHE, Set.of())
                        .permitsSomewhere(Action.KV_LIST, Bytes.utf8("app1:a")))
                .isFalse();
    }

    @Test
    void without_actions_containers_or_prefixes_it_permits_nothing() {
        var every = Set.of(KeyPrefix.EVERY);

        assertThat(new Permission(Set.of(), CACHE, every).permits(Action.KV_GET, key("CACHE", "a")))
                .isFalse();
        assertThat(new Permission(Set.of(Action.KV_GET), Set.of(), every).permits(Action.KV_GET, key("CACHE", "a")))
                .isFalse();
        assertThat(new Permission(Set.of(Action.KV_GET), CACHE, Set.of()).permits(Action.KV_GET, key("CACHE", "a")))
                .isFalse();
        assertThat(new Permission(Set.of(Action.NAMESPACE_DROP), CACHE, Set.of())
                        .permits(Action.NAMESPACE_DROP, ResourceName.container("CACHE")))
                .isFalse();
        assertThat(Permissions.NONE.permits(Action.KV_GET, key("CACHE", "a"))).isFalse();
    }

    @Test
    void actions_on_containers_ask_for_no_prefix() {
        var permission = new Permission(TestGrants.EVERY_ACTION, CACHE, APP1);

        for (var action : List.of(
                Action.NAMESPACE_FIND, Action.NAMESPACE_CREATE, Action.NAMESPACE_RENAME, Action.NAMESPACE_DROP)) {
            assertThat(permission.permits(action, ResourceName.container("CACHE")))
                    .isTrue();
            assertThat(permission.permits(action, ResourceName.container("OTHER")))
                    .isFalse();
        }
        for (var action : List.of(Action.KV_GET, Action.KV_PUT, Action.KV_DELETE, Action.KV_LIST)) {
            assertThat(permission.permits(action, ResourceName.container("CACHE")))
                    .isFalse();
        }
    }

    @Test
    void of_several_rules_one_is_enough_and_they_are_not_mixed() {
        var permissions = Permissions.of(
                new Permission(Set.of(Action.KV_GET), CACHE, APP1),
                new Permission(
                        Set.of(Action.KV_PUT), Set.of(ResourcePattern.exactly("OTHER")), Set.of(KeyPrefix.EVERY)));

        assertThat(permissions.permits(Action.KV_GET, key("CACHE", "app1:a"))).isTrue();
        assertThat(permissions.permits(Action.KV_PUT, key("OTHER", "b"))).isTrue();
        assertThat(permissions.permits(Action.KV_PUT, key("CACHE", "app1:a"))).isFalse();
        assertThat(permissions.permits(Action.KV_GET, key("OTHER", "app1:a"))).isFalse();
    }

    /** The attack: a key limited to a prefix tries to reach another key by its namespace, a cursor or another Unicode form. */
    @Test
    void ten_thousand_random_pairs_of_prefix_and_key_never_leave_the_prefix() {
        var random = new Random(10_000);
        var clock = SettableClock.anywhere();
        var engine = new FakeStorageEngine(clock);
        var storage = new Storage(engine, clock, new SettableTicker(), new RecordingStorageLog());
        var titles = List.of(new NamespaceTitle("CACHE"), new NamespaceTitle("cache"), new NamespaceTitle("CACHEa"));
        titles.forEach(title -> engine.resources().create(title));
        var grants = new TestGrants(clock);
        var reached = 0;

        for (var pair = 0; pair < 10_000; pair++) {
            var prefix = KeyPrefix.of(text(random, 3));
            var key = KvKey.of(
                    Normalizer.normalize("k" + text(random, 5), form(random)).substring(random.nextInt(2)) + "k");
            var title = titles.get(random.nextInt(titles.size()));
            engine.keyValue(title).put(key, KvEntry.of("v"), KvCondition.ANY);
            var grant = grants.ofPrefix("CACHE", prefix);
            var inside = title.text().equals("CACHE") && starts(key.bytes(), prefix.bytes());
            var store = storage.keyValue(grant, title);

            assertThat(permitted(() -> store.get(key))).isEqualTo(inside);
            assertThat(permitted(() -> store.list(KvQuery.of(new KeyPrefix(key.bytes())))))
                    .isEqualTo(inside);
            assertThat(permitted(() -> store.put(key, KvEntry.of("w"), KvCondition.ANY)))
                    .isEqualTo(inside);
            assertThat(permitted(() -> store.delete(key))).isEqualTo(inside);
            reached += inside ? 1 : 0;
        }

        assertThat(reached)
                .as("pairs within, so that both answers were seen often")
                .isBetween(500, 9_500);
    }

    @Test
    void a_cursor_of_a_wider_listing_opens_nothing_for_a_narrower_grant() {
        var clock = SettableClock.anywhere();
        var engine = new FakeStorageEngine(clock);
        var storage = new Storage(engine, clock, new SettableTicker(), new RecordingStorageLog());
        var cache = new NamespaceTitle("CACHE");
        engine.resources().create(cache);
        List.of("app0:a", "app1:a", "app1:b", "app2:a")
                .forEach(key -> engine.keyValue(cache).put(KvKey.of(key), KvEntry.of("v"), KvCondition.ANY));
        var narrow = storage.keyValue(new TestGrants(clock).ofPrefix("CACHE", KeyPrefix.of("app1:")), cache);
        var cursors = new ArrayList<Cursor>();
        for (var prefix : List.of("", "app", "app0:", "app1:", "app2:")) {
            var page =
                    engine.keyValue(cache).list(KvQuery.of(KeyPrefix.of(prefix)).limitedTo(1));
            if (page instanceof KvPage.More more) {
                cursors.add(more.next());
            }
        }

        var listed = new ArrayList<String>();
        for (var cursor : cursors) {
            for (var prefix : List.of("", "app1:", "app2:")) {
                listed.addAll(listed(narrow, KvQuery.of(KeyPrefix.of(prefix)).from(new KvStart.At(cursor))));
            }
        }

        assertThat(cursors).hasSize(3);
        assertThat(listed).containsExactly("app1:b");
    }

    /** Nothing when the listing is refused. */
    private static List<String> listed(KeyValueStore store, KvQuery query) {
        try {
            return store.list(query).keys().stream()
                    .map(row -> row.key().text())
                    .toList();
        } catch (StorageFailure.AccessDenied | StorageFailure.Rejected e) {
            return List.of();
        }
    }

    private static boolean permitted(Runnable call) {
        try {
            call.run();
            return true;
        } catch (StorageFailure.AccessDenied e) {
            return false;
        }
    }

    /** The rule once more, in the plainest form. */
    private static boolean starts(Bytes key, Bytes prefix) {
        if (prefix.size() > key.size()) {
            return false;
        }
        for (var i = 0; i < prefix.size(); i++) {
            if (key.at(i) != prefix.at(i)) {
                return false;
            }
        }
        return true;
    }

    private static String text(Random random, int most) {
        var letters = List.of(
                "k", "a", "A", "\u00E9", "e\u0301", "\uFB01", "fi", ":", "/", "\u0000", "\uD83D\uDE00", "\u0130");
        var text = new StringBuilder();
        for (var length = random.nextInt(most); length > 0; length--) {
            text.append(letters.get(random.nextInt(letters.size())));
        }
        return text.toString();
    }

    private static Normalizer.Form form(Random random) {
        var forms = Normalizer.Form.values();
        return forms[random.nextInt(forms.length)];
    }

    private static ResourceName key(String container, String item) {
        return new ResourceName(container, Bytes.utf8(item));
    }
}
