package io.triport.storage.peer;

import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.request.Bytes;
import io.triport.storage.durable.Access;
import io.triport.storage.durable.Address;
import io.triport.storage.durable.HandedEvent;
import java.util.HashSet;

/** An event between nodes. */
final class EventForm {
    private static final int MOST_WAITING = 10_000;

    private EventForm() {}

    static Bytes write(HandedEvent event) {
        var packed = new Packed();
        address(packed, event.address());
        packed.number(event.access() == Access.READ ? 1 : 0)
                .text(event.event().operation())
                .bytes(event.event().body())
                .number(event.waiting().size());
        event.waiting().forEach(waiting -> address(packed, waiting));
        return packed.done();
    }

    /** @throws io.triport.domain.request.InvalidInput for what is no event, and for ids that are none of their class */
    static HandedEvent read(Bytes bytes) {
        var from = new Unpacked(bytes);
        var address = address(from);
        var access = from.count(1) == 1 ? Access.READ : Access.WRITE;
        var event = new ObjectEvent(from.text(), from.bytes());
        var waiting = new HashSet<Address>();
        for (var left = from.count(MOST_WAITING); left > 0; left--) {
            waiting.add(address(from));
        }
        from.end();
        return new HandedEvent(address, event, access, waiting);
    }

    private static void address(Packed packed, Address address) {
        packed.text(address.type().text())
                .bytes(address.id().bytes())
                .bytes(address.id().name().map(ObjectName::bytes).orElse(Bytes.EMPTY));
    }

    private static Address address(Unpacked from) {
        var type = new ObjectClass(from.text());
        var id = new ObjectIds(type).require(from.bytes());
        var name = from.bytes();
        return new Address(type, name.isEmpty() ? id : id.named(new ObjectName(name)));
    }
}
