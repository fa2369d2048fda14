package io.triport.storage.redis;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.keyvalue.Namespace;
import io.triport.domain.keyvalue.NamespaceId;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.ResourceCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The namespaces of a server. */
final class RedisResourceCatalogue implements ResourceCatalogue {
    private final RedisEngine engine;

    RedisResourceCatalogue(RedisEngine engine) {
        this.engine = engine;
    }

    static StorageFailure unknown() {
        return new StorageFailure.Rejected(FailureCode.NOT_FOUND, "namespace: unknown (expected: an existing one)");
    }

    @Override
    public Namespace create(NamespaceTitle title) {
        var namespace = new Namespace(NamespaceId.fresh(engine.randomness()), title);
        var arguments = new RedisValues.Arguments()
                .with(title.bytes())
                .with(namespace.id().text());
        requireFree(engine.values().number(ValueScripts.CREATE, arguments));
        return namespace;
    }

    @Override
    public Namespace rename(NamespaceId id, NamespaceTitle title) {
        var done = engine.values()
                .number(
                        ValueScripts.RENAME,
                        new RedisValues.Arguments().with(id.text()).with(title.bytes()));
        if (done < 0) {
            throw unknown();
        }
        requireFree(done);
        return new Namespace(id, title);
    }

    @Override
    public boolean drop(NamespaceId id) {
        return engine.values().number(ValueScripts.DROP, new RedisValues.Arguments().with(id.text())) > 0;
    }

    @Override
    public Optional<Namespace> find(NamespaceTitle title) {
        byte[] id = engine.values()
                .seen(commands -> commands.hget(ValueKeys.TITLES, title.bytes().toByteArray()));
        return Optional.ofNullable(id).map(found -> namespace(found, title));
    }

    @Override
    public Optional<Namespace> find(NamespaceId id) {
        byte @Nullable [] title =
                engine.values().seen(commands -> commands.hget(ValueKeys.IDS, CacheKeys.bytes(id.text())));
        return Optional.ofNullable(title).map(found -> new Namespace(id, title(found)));
    }

    @Override
    public List<Namespace> namespaces() {
        return engine.values().seen(commands -> commands.hgetall(ValueKeys.TITLES)).entrySet().stream()
                .map(each -> namespace(each.getValue(), title(each.getKey())))
                .sorted(Comparator.comparing(namespace -> namespace.title().bytes()))
                .toList();
    }

    @Override
    public int reclaim(int most) {
        var arguments =
                new RedisValues.Arguments().with(engine.clock().millis()).with(most);
        return Math.toIntExact(engine.values().number(ValueScripts.RECLAIM, arguments));
    }

    private static void requireFree(long done) {
        if (done == 0) {
            throw new StorageFailure.Rejected(FailureCode.CONFLICT, "title: taken (expected: a new one)");
        }
    }

    private static Namespace namespace(byte[] id, NamespaceTitle title) {
        return new Namespace(new NamespaceId(new String(id, StandardCharsets.US_ASCII)), title);
    }

    private static NamespaceTitle title(byte[] bytes) {
        return new NamespaceTitle(Bytes.copyOf(bytes).toUtf8());
    }
}
