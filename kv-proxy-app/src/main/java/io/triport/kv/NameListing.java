package io.triport.kv;

import io.micronaut.context.annotation.Requires;
import io.triport.domain.cursor.Cursor;
import io.triport.domain.cursor.CursorScope;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvLimits;
import io.triport.domain.keyvalue.KvListed;
import io.triport.domain.keyvalue.KvPage;
import io.triport.domain.keyvalue.KvQuery;
import io.triport.domain.keyvalue.KvStart;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.KvRefused;
import io.triport.kv.wire.ThisApp;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Lists stored names: of one namespace, or of all that the key may use, merged in the order of the names' bytes. */
@Singleton
@Requires(property = ThisApp.PROPERTY, value = ThisApp.NAME, defaultValue = ThisApp.NAME)
final class NameListing {
    /*
     * The merge. Two namespaces can interleave, and two different pairs can even share a joined name (title `a` with key `b:c`,
     * title `a:b` with key `c`); names that are equal are ordered by title. So a position is a title with a key, and each
     * namespace is asked for what lies behind that position in this order. One page asks each namespace for at most one page.
     */
    private static final Comparator<Name> ORDER =
            Comparator.comparing(Name::bytes).thenComparing(Name::title);

    private final Storage storage;
    private final CursorSeal seal;
    private final KvSettings settings;

    NameListing(Storage storage, CursorSeal seal, KvSettings settings) {
        this.storage = storage;
        this.seal = seal;
        this.settings = settings;
    }

    /** The names of one namespace. */
    Bytes of(KvSpace space, NamespaceTitle title, KvCommand.ListNames command) {
        var prefix = KeyPrefix.of(command.prefix());
        space.require(Action.KV_LIST, prefix.bytes());
        var start = command.cursor().isEmpty() ? KvStart.BEGINNING : new KvStart.At(new Cursor(command.cursor()));
        var query = new KvQuery(prefix, start, limit(command));
        KvPage page = space.read(store -> store.list(query), new KvPage.Last(List.of()));
        var names = page.keys().stream()
                .map(listed -> settings.names().name(title, listed.key()))
                .toList();
        return KvAnswer.names(
                names,
                switch (page) {
                    case KvPage.Last last -> Optional.empty();
                    case KvPage.More more -> Optional.of(more.next().text());
                });
    }

    /** The names of all namespaces that the key may use. */
    Bytes overAll(Grant grant, KvCommand.ListNames command) {
        requireSome(grant, command.prefix());
        var scope = scope(grant, command);
        var limit = limit(command);
        Optional<Name> after =
                command.cursor().isEmpty() ? Optional.empty() : Optional.of(open(scope, command.cursor()));
        var found = new ArrayList<Name>();
        for (var namespace : storage.resources(grant).namespaces()) {
            keyPrefix(namespace, command.prefix())
                    .filter(prefix -> listable(grant, namespace, prefix))
                    .ifPresent(prefix -> found.addAll(page(grant, namespace, prefix, after, limit)));
        }
        found.sort(ORDER);
        var names = found.stream().limit(limit).map(Name::text).toList();
        return KvAnswer.names(
                names,
                found.size() > limit
                        ? Optional.of(seal.seal(scope, found.get(limit - 1).position())
                                .text())
                        : Optional.empty());
    }

    /**
     * Refuses by the prefix alone, not by what is stored: a key must not learn from a refusal which namespaces exist. It passes
     * when the key may list everything somewhere, or when some way to take the prefix apart names keys that it may list.
     */
    private void requireSome(Grant grant, String prefix) {
        if (grant.permitsSomewhere(Action.KV_LIST, Bytes.EMPTY)) {
            return;
        }
        for (var colon = prefix.indexOf(':'); colon >= 0; colon = prefix.indexOf(':', colon + 1)) {
            var title = settings.names().base() + prefix.substring(0, colon);
            if (!title.isEmpty() && permits(grant, title, KeyPrefix.of(prefix.substring(colon + 1)))) {
                return;
            }
        }
        if (permits(grant, settings.names().title("").text(), KeyPrefix.of(prefix))) {
            return;
        }
        throw KvRefused.denied(KvError.PREFIX_DENIED, "Key prefix not allowed for this key");
    }

    private static boolean listable(Grant grant, Namespace namespace, KeyPrefix prefix) {
        return permits(grant, namespace.title().text(), prefix);
    }

    private static boolean permits(Grant grant, String title, KeyPrefix prefix) {
        return grant.permits(Action.KV_LIST, new ResourceName(title, prefix.bytes()));
    }

    /** What keys of a namespace begin with when their names begin with the prefix; empty when none can. */
    private Optional<KeyPrefix> keyPrefix(Namespace namespace, String prefix) {
        var wanted = Bytes.utf8(settings.names().base() + prefix);
        var base = Bytes.utf8(settings.names().base(namespace.title()));
        if (wanted.startsWith(base)) {
            return Optional.of(new KeyPrefix(wanted.slice(base.size(), wanted.size())));
        }
        return base.startsWith(wanted) ? Optional.of(KeyPrefix.EVERY) : Optional.empty();
    }

    /** One more than the limit, so that the merge knows whether more follow. */
    private List<Name> page(Grant grant, Namespace namespace, KeyPrefix prefix, Optional<Name> after, int limit) {
        var title = namespace.title();
        var space = new KvSpace(storage, grant, title);
        var names = new ArrayList<Name>();
        if (after.isEmpty()) {
            collect(space, title, new KvQuery(prefix, KvStart.BEGINNING, limit), name -> true, limit, names);
            return names;
        }
        var position = after.get();
        var base = Bytes.utf8(settings.names().base(title));
        if (!position.bytes().startsWith(base)) {
            if (base.compareTo(position.bytes()) > 0) {
                collect(space, title, new KvQuery(prefix, KvStart.BEGINNING, limit), name -> true, limit, names);
            }
            return names;
        }
        var rest = position.bytes().slice(base.size(), position.bytes().size());
        var behind = new KvQuery(prefix, after(rest), limit);
        if (title.text().compareTo(position.title()) > 0) {
            equal(space, title, rest, prefix).ifPresent(names::add);
        }
        collect(space, title, behind, name -> name.bytes().compareTo(position.bytes()) > 0, limit, names);
        return names;
    }

    private void collect(
            KvSpace space, NamespaceTitle title, KvQuery query, Predicate<Name> wanted, int limit, List<Name> names) {
        var next = query;
        while (names.size() <= limit) {
            var asked = next;
            KvPage page = space.read(store -> store.list(asked), new KvPage.Last(List.of()));
            page.keys().stream()
                    .map(listed -> name(title, listed.key()))
                    .filter(wanted)
                    .forEach(names::add);
            if (!(page instanceof KvPage.More more)) {
                return;
            }
            next = query.from(new KvStart.At(more.next()));
        }
    }

    /** Behind these bytes; from the beginning where they are no key, and then the filter of the walk does the rest. */
    private static KvStart after(Bytes rest) {
        try {
            return new KvStart.After(new KvKey(rest));
        } catch (StorageFailure e) {
            return KvStart.BEGINNING;
        }
    }

    /** The entry whose name equals the position's. Of keys that begin with a key, that key is the first. */
    private Optional<Name> equal(KvSpace space, NamespaceTitle title, Bytes rest, KeyPrefix prefix) {
        if (!prefix.covers(rest) || rest.isEmpty() || rest.size() > KvLimits.KEY_BYTES) {
            return Optional.empty();
        }
        var query = new KvQuery(new KeyPrefix(rest), KvStart.BEGINNING, 1);
        KvPage page = space.read(store -> store.list(query), new KvPage.Last(List.of()));
        return page.keys().stream()
                .map(KvListed::key)
                .filter(key -> key.bytes().equals(rest))
                .map(key -> name(title, key))
                .findFirst();
    }

    private Name name(NamespaceTitle title, KvKey key) {
        return new Name(title.text(), key, settings.names().name(title, key));
    }

    private int limit(KvCommand.ListNames command) {
        return Math.min(command.limit(), settings.listLimit());
    }

    private static CursorScope scope(Grant grant, KvCommand.ListNames command) {
        var caller = grant.principal().id().unique();
        return new CursorScope(StoragePort.RESOURCES, caller, Bytes.utf8(command.prefix()));
    }

    private Name open(CursorScope scope, String cursor) {
        var position = seal.open(scope, new Cursor(cursor)).toByteBuffer();
        var title = new byte[position.getInt()];
        position.get(title);
        var key = new KvKey(Bytes.from(position));
        var namespace = new NamespaceTitle(Bytes.copyOf(title).toUtf8());
        return name(namespace, key);
    }

    /** A stored name with the parts that it was joined from. */
    private record Name(String title, KvKey key, String text) {
        Bytes bytes() {
            return Bytes.utf8(text);
        }

        Bytes position() {
            var bytes = Bytes.utf8(title);
            return Bytes.from(ByteBuffer.allocate(
                            Integer.BYTES + bytes.size() + key.bytes().size())
                    .putInt(bytes.size())
                    .put(bytes.toByteBuffer())
                    .put(key.bytes().toByteBuffer())
                    .flip());
        }
    }
}
