package io.triport.storage.nats;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.queue.DedupId;
import io.triport.domain.queue.OrderingKey;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Delivery;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.MessageId;
import io.triport.domain.request.QueueName;
import io.triport.storage.queue.StoredMessage;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;

/** Entries as bytes: numbers in the order of the network, texts in UTF-8 behind their lengths. */
final class EntryForm {
    /** Of this form; another one gets another number. */
    private static final int FORM = 1;

    private static final int ID_BYTES = 16;

    private EntryForm() {}

    static byte[] bytes(Entry entry) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.write(entry.mark().toByteArray());
            out.write(entry.before().toByteArray());
            out.writeInt(entry.changes().size());
            for (var change : entry.changes()) {
                write(out, change);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws StorageFailure.Corrupt for what is no entry */
    static Entry parse(Bytes bytes) {
        try (var in = new DataInputStream(bytes.toInputStream())) {
            if (in.readByte() != FORM) {
                throw corrupt();
            }
            var mark = fixed(in, Entry.MARK_BYTES);
            var before = fixed(in, Entry.MARK_BYTES);
            var count = in.readInt();
            var changes = new ArrayList<Change>();
            for (var read = 0; read < count; read++) {
                changes.add(change(in));
            }
            return new Entry(mark, before, changes);
        } catch (IOException | InvalidInput | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw corrupt();
        }
    }

    private static void write(DataOutputStream out, Change change) throws IOException {
        switch (change) {
            case Change.Put put -> {
                out.writeByte('P');
                message(out, put.message());
                out.writeInt(put.message().delivery().body().size());
                out.write(put.message().delivery().body().toByteArray());
            }
            case Change.Refer refer -> {
                out.writeByte('B');
                message(out, refer.message());
                out.writeLong(refer.body().entry());
                out.writeLong(refer.body().number());
                out.writeInt(refer.body().size());
            }
            case Change.Turn turn -> {
                out.writeByte('T');
                out.writeLong(turn.number());
                out.writeLong(turn.readyAt());
                out.writeInt(turn.attempt());
                out.writeInt(turn.lease());
            }
            case Change.Remove remove -> {
                out.writeByte('R');
                out.writeLong(remove.number());
            }
            case Change.Clear clear -> {
                out.writeByte('A');
                queue(out, clear.queue());
            }
            case Change.Remember remember -> {
                out.writeByte('D');
                queue(out, remember.queue());
                sized(out, remember.dedup().bytes());
                id(out, remember.id());
                out.writeLong(remember.until());
            }
            case Change.Forget forget -> {
                out.writeByte('F');
                queue(out, forget.queue());
                sized(out, forget.dedup().bytes());
            }
            case Change.Count count -> {
                out.writeByte('C');
                queue(out, count.queue());
                out.writeLong(count.bytes());
                out.writeLong(count.dropped());
            }
        }
    }

    private static Change change(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case 'P' -> {
                var message = message(in);
                yield new Change.Put(BodyPlace.with(message, fixed(in, in.readInt())));
            }
            case 'B' -> new Change.Refer(message(in), new BodyPlace(in.readLong(), in.readLong(), in.readInt()));
            case 'T' -> new Change.Turn(in.readLong(), in.readLong(), in.readInt(), in.readInt());
            case 'R' -> new Change.Remove(in.readLong());
            case 'A' -> new Change.Clear(queue(in));
            case 'D' -> new Change.Remember(queue(in), new DedupId(sized(in)), id(in), in.readLong());
            case 'F' -> new Change.Forget(queue(in), new DedupId(sized(in)));
            case 'C' -> new Change.Count(queue(in), in.readLong(), in.readLong());
            default -> throw corrupt();
        };
    }

    private static void message(DataOutputStream out, StoredMessage message) throws IOException {
        var delivery = message.delivery();
        out.writeLong(message.number());
        queue(out, message.queue());
        id(out, delivery.id());
        queue(out, delivery.origin().queue());
        id(out, delivery.origin().id());
        out.writeLong(delivery.origin().sentAt().toEpochMilli());
        out.writeByte(delivery.type().ordinal());
        out.writeLong(delivery.sentAt().toEpochMilli());
        out.writeInt(delivery.attempt());
        sized(out, Bytes.utf8(delivery.producer()));
        sized(out, message.ordering().bytes());
        out.writeLong(message.readyAt());
        out.writeLong(message.expiresAt());
        out.writeInt(message.lease());
    }

    private static StoredMessage message(DataInputStream in) throws IOException {
        var number = in.readLong();
        var queue = queue(in);
        var id = id(in);
        var origin = new Delivery.Origin(queue(in), id(in), Instant.ofEpochMilli(in.readLong()));
        var type = BodyType.values()[in.readByte()];
        var sentAt = Instant.ofEpochMilli(in.readLong());
        var attempt = in.readInt();
        var producer = sized(in).toUtf8();
        var delivery = new Delivery(id, origin, type, Bytes.EMPTY, sentAt, attempt, producer);
        return new StoredMessage(
                number, queue, delivery, new OrderingKey(sized(in)), in.readLong(), in.readLong(), in.readInt());
    }

    private static void queue(DataOutputStream out, QueueName queue) throws IOException {
        sized(out, Bytes.utf8(queue.text()));
    }

    private static QueueName queue(DataInputStream in) throws IOException {
        return new QueueName(sized(in).toUtf8());
    }

    private static void id(DataOutputStream out, MessageId id) throws IOException {
        out.write(Bytes.parseHex(id.text()).toByteArray());
    }

    private static MessageId id(DataInputStream in) throws IOException {
        return new MessageId(fixed(in, ID_BYTES).toHex());
    }

    private static void sized(DataOutputStream out, Bytes bytes) throws IOException {
        out.writeShort(bytes.size());
        out.write(bytes.toByteArray());
    }

    private static Bytes sized(DataInputStream in) throws IOException {
        return fixed(in, in.readUnsignedShort());
    }

    private static Bytes fixed(DataInputStream in, int size) throws IOException {
        if (size < 0 || size > in.available()) {
            throw corrupt();
        }
        return Bytes.copyOf(in.readNBytes(size));
    }

    private static StorageFailure.Corrupt corrupt() {
        return new StorageFailure.Corrupt("nats: what lies in the stream is no change of a queue");
    }
}
