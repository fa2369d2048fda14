package io.triport.domain.queue;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.BodyType;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/** What is sent to a queue. @param producer of whoever may say so; a view of a grant puts its principal there */
public record Message(BodyType type, Bytes body, Delay delay, OrderingKey ordering, DedupId dedup, Producer producer) {
    /**
     * @throws StorageFailure.LimitExceeded TOO_LARGE above 128,000 bytes
     * @throws StorageFailure.Rejected BAD_REQUEST for a body that is not of its type
     */
    public Message {
        if (body.size() > QueueLimits.MESSAGE_BYTES) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE,
                    "message: " + body.size() + " bytes (expected: at most " + QueueLimits.MESSAGE_BYTES + ")");
        }
        if (!fits(type, body)) {
            throw new StorageFailure.Rejected(FailureCode.BAD_REQUEST, "message: not of its type " + type);
        }
    }

    public static Message of(BodyType type, Bytes body) {
        return new Message(type, body, Delay.OF_QUEUE, OrderingKey.NONE, DedupId.NONE, Producer.UNKNOWN);
    }

    public static Message text(String text) {
        return of(BodyType.TEXT, Bytes.utf8(text));
    }

    public static Message json(String json) {
        return of(BodyType.JSON, Bytes.utf8(json));
    }

    public Message delayed(Delay other) {
        return new Message(type, body, other, ordering, dedup, producer);
    }

    public Message ordered(OrderingKey other) {
        return new Message(type, body, delay, other, dedup, producer);
    }

    /** Without effect when one with the same id was sent within ten minutes. */
    public Message once(DedupId other) {
        return new Message(type, body, delay, ordering, other, producer);
    }

    public Message from(Producer other) {
        return new Message(type, body, delay, ordering, dedup, other);
    }

    private static boolean fits(BodyType type, Bytes body) {
        return switch (type) {
            case JSON -> isText(body) && JsonSyntax.valid(body);
            case TEXT -> isText(body);
            case BYTES, V8 -> true;
        };
    }

    private static boolean isText(Bytes body) {
        try {
            return Bytes.utf8(body.toUtf8()).equals(body);
        } catch (InvalidInput e) {
            return false;
        }
    }
}
