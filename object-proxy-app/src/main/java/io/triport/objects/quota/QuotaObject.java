package io.triport.objects.quota;

import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;
import java.nio.ByteBuffer;

/** What was used of a quota on all nodes, in a durable object for each bucket and identity. It is gone when nothing is left. */
public final class QuotaObject implements DurableObject {
    public static final ObjectClass TYPE = new ObjectClass("bandwidth-quota");

    private static final String ADD = "add";
    private static final StateKey SLOTS = StateKey.of("slots");
    private static final StateKey IDENTITY = StateKey.of("identity");

    /** Counts more. @param oldest slot that is still of use @param identity for people */
    static ObjectEvent add(Slots more, long oldest, String identity) {
        var head = ByteBuffer.allocate(Long.BYTES).putLong(oldest).flip();
        return new ObjectEvent(ADD, Bytes.from(head).concat(more.toBytes()).concat(Bytes.utf8(identity)));
    }

    /** Asks for all. */
    static ObjectEvent read() {
        return new ObjectEvent("read");
    }

    /** What was used, and by whom. */
    record Used(Slots slots, String identity) {
        static Used parse(ObjectAnswer answer) {
            var text = answer.body().toByteBuffer();
            return new Used(Slots.parse(text), Bytes.from(text).toUtf8());
        }
    }

    @Override
    public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
        var state = context.state();
        var stored = state.get(SLOTS).map(kept -> Slots.parse(kept.toByteBuffer()));
        var identity = state.get(IDENTITY).orElse(Bytes.EMPTY);
        if (!event.operation().equals(ADD)) {
            return answer(stored.orElseGet(() -> new Slots(1)), identity);
        }
        var text = event.body().toByteBuffer();
        var oldest = text.getLong();
        var more = Slots.parse(text);
        var named = Bytes.from(text);
        var used = stored.map(kept -> kept.in(more.slotSeconds())).orElseGet(() -> new Slots(more.slotSeconds()));
        used.addAll(more);
        used.forgetBefore(oldest);
        if (used.isEmpty()) {
            state.deleteAll();
        } else {
            state.put(SLOTS, used.toBytes());
            if (!named.equals(identity)) {
                state.put(IDENTITY, named);
            }
        }
        return answer(used, named);
    }

    private static ObjectAnswer answer(Slots slots, Bytes identity) {
        return new ObjectAnswer(slots.toBytes().concat(identity));
    }
}
