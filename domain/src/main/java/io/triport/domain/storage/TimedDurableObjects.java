package io.triport.domain.storage;

import io.triport.domain.durable.DurableObjects;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectId;
import io.triport.domain.durable.ObjectListing;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.durable.Staleness;
import java.util.Optional;

/** Objects whose turns are told to the log. */
final class TimedDurableObjects implements DurableObjects {
    private final DurableObjects objects;
    private final CallTimer timer;

    TimedDurableObjects(DurableObjects objects, CallTimer timer) {
        this.objects = objects;
        this.timer = timer;
    }

    @Override
    public ObjectId named(ObjectName name) {
        return objects.named(name);
    }

    @Override
    public ObjectId fresh() {
        return objects.fresh();
    }

    @Override
    public ObjectId parse(String text) {
        return objects.parse(text);
    }

    @Override
    public ObjectAnswer inTurn(ObjectId id, ObjectEvent event) {
        return timer.time("turn", () -> objects.inTurn(id, event), TimedDurableObjects::told);
    }

    @Override
    public ObjectAnswer read(ObjectId id, ObjectEvent event, Staleness most) {
        return timer.time("read", () -> objects.read(id, event, most), TimedDurableObjects::told);
    }

    @Override
    public ObjectListing list(Optional<ObjectId> after, int limit) {
        return timer.time(
                "list",
                () -> objects.list(after, limit),
                page -> new StorageCall.Done(
                        "objects", Integer.toString(page.ids().size())));
    }

    private static StorageCall.Done told(ObjectAnswer answer) {
        return new StorageCall.Done("bytes", Integer.toString(answer.body().size()));
    }
}
