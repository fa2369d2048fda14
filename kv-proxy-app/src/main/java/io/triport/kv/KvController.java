package io.triport.kv;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.BulkOutcome;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvRead;
import io.triport.domain.keyvalue.Room;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.storage.Storage;
import io.triport.identity.edge.Answers;
import io.triport.identity.edge.Identity;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.RepeatableCalls;
import io.triport.kv.wire.ThisApp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The endpoints of the KV protocol. Who may call is decided before; what the caller may touch is asked here and by the store. */
@Controller("${triport.base-path}/zin/kv")
@Requires(property = ThisApp.PROPERTY, value = ThisApp.NAME, defaultValue = ThisApp.NAME)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class KvController {
    /** A value, its text, the answer that it is written into, and that on its way. */
    private static final long COPIES = 4;

    private final Storage storage;
    private final KvSettings settings;
    private final RepeatableCalls repeatable;
    private final NameListing listing;

    KvController(Storage storage, KvSettings settings, RepeatableCalls repeatable, NameListing listing) {
        this.storage = storage;
        this.settings = settings;
        this.repeatable = repeatable;
        this.listing = listing;
    }

    @Post("/get")
    @Identity(mechanisms = "hmac", scopes = "kv.get")
    HttpResponse<byte[]> get(Grant grant, Fetch request, Room room) {
        var command = KvCommand.Get.parse(request.body().buffered());
        var space = space(grant, command);
        var key = space.key(Action.KV_GET, command.key());
        Optional<KvEntry> entry = space.read(store -> store.get(key, into(room)), Optional.empty());
        return answer(KvAnswer.value(entry, command.type(), command.extras()));
    }

    @Post("/get-many")
    @Identity(mechanisms = "hmac", scopes = "kv.get")
    HttpResponse<byte[]> getMany(Grant grant, Fetch request, Room room) {
        var command = KvCommand.GetMany.parse(request.body().buffered());
        var space = space(grant, command);
        var batch = KeyBatch.of(command.keys().stream().distinct().toList(), Action.KV_GET, space);
        Map<KvKey, KvEntry> found = batch.keys().isEmpty()
                ? Map.of()
                : space.read(store -> store.getMany(batch.keys(), into(room)), Map.of());
        return answer(KvAnswer.values(batch, found, command.type()));
    }

    @Post("/put")
    @Identity(mechanisms = "hmac", scopes = "kv.put")
    HttpResponse<byte[]> put(Grant grant, Fetch request) {
        var command = KvCommand.Put.parse(request.body().buffered());
        var space = space(grant, command);
        var key = space.key(Action.KV_PUT, command.item().key());
        var entry = command.item().entry();
        return once(space, request, within -> {
            within.write(store -> store.put(key, entry, KvCondition.ANY));
            return KvError.ok();
        });
    }

    @Post("/put-many")
    @Identity(mechanisms = "hmac", scopes = "kv.put")
    HttpResponse<byte[]> putMany(Grant grant, Fetch request) {
        var command = KvCommand.PutMany.parse(request.body().buffered());
        var space = space(grant, command);
        var batch = PutBatch.of(command.items(), space);
        return once(space, request, within -> {
            var outcome = batch.pairs().isEmpty()
                    ? new BulkOutcome(0, List.of())
                    : within.write(store -> store.putMany(batch.pairs()));
            return KvAnswer.bulk(outcome, batch.refused());
        });
    }

    @Post("/delete")
    @Identity(mechanisms = "hmac", scopes = "kv.delete")
    HttpResponse<byte[]> delete(Grant grant, Fetch request) {
        var command = KvCommand.Delete.parse(request.body().buffered());
        var space = space(grant, command);
        var key = space.key(Action.KV_DELETE, command.key());
        return once(space, request, within -> {
            within.read(store -> store.delete(key), false);
            return KvError.ok();
        });
    }

    @Post("/delete-many")
    @Identity(mechanisms = "hmac", scopes = "kv.delete")
    HttpResponse<byte[]> deleteMany(Grant grant, Fetch request) {
        var command = KvCommand.DeleteMany.parse(request.body().buffered());
        var space = space(grant, command);
        var batch = KeyBatch.of(command.keys(), Action.KV_DELETE, space);
        return once(space, request, within -> {
            var nothing = new BulkOutcome(batch.keys().size(), List.of());
            var outcome =
                    batch.keys().isEmpty() ? nothing : within.read(store -> store.deleteMany(batch.keys()), nothing);
            return KvAnswer.bulk(outcome, batch.refused());
        });
    }

    @Post("/list")
    @Identity(mechanisms = "hmac", scopes = "kv.list")
    HttpResponse<byte[]> list(Grant grant, Fetch request) {
        var command = KvCommand.ListNames.parse(request.body().buffered());
        return answer(
                command.namespace().isEmpty()
                        ? listing.overAll(grant, command)
                        : listing.of(space(grant, command), settings.names().title(command.namespace()), command));
    }

    /** What changes a namespace: with the note of its answer, or before that where the two lie apart. */
    private HttpResponse<byte[]> once(KvSpace space, Fetch request, Function<KvSpace, Bytes> effect) {
        return answer(
                settings.apart().contains(space.title())
                        ? repeatable.runApart(space.grant(), request, () -> effect.apply(space))
                        : repeatable.run(space.grant(), request, unit -> effect.apply(space.in(unit))));
    }

    private static KvRead into(Room room) {
        return KvRead.WITHIN_A_MINUTE.into(bytes -> room.take(COPIES * bytes));
    }

    private KvSpace space(Grant grant, KvCommand command) {
        return new KvSpace(storage, grant, settings.names().title(command.namespace()));
    }

    private static HttpResponse<byte[]> answer(Bytes json) {
        return Answers.of(200, KvError.JSON, json, KvError.HEADERS);
    }
}
