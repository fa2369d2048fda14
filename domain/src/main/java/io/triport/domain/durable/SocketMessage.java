package io.triport.domain.durable;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;

/** What goes over a WebSocket in one piece: at most 33,554,432 bytes. */
public sealed interface SocketMessage {
    int MOST_BYTES = 32 * 1024 * 1024;

    int size();

    /** Text of Unicode scalar values. */
    record Text(String text) implements SocketMessage {
        /**
         * @throws StorageFailure.LimitExceeded TOO_LARGE above 33,554,432 bytes of UTF-8
         * @throws io.triport.domain.request.InvalidInput for a lone surrogate
         */
        public Text {
            requireSmall(Bytes.utf8(text).size());
        }

        @Override
        public int size() {
            return Bytes.utf8(text).size();
        }
    }

    record Binary(Bytes bytes) implements SocketMessage {
        /** @throws StorageFailure.LimitExceeded TOO_LARGE above 33,554,432 bytes */
        public Binary {
            requireSmall(bytes.size());
        }

        @Override
        public int size() {
            return bytes.size();
        }
    }

    private static void requireSmall(int size) {
        if (size > MOST_BYTES) {
            throw new StorageFailure.LimitExceeded(
                    FailureCode.TOO_LARGE, "message: " + size + " bytes (expected: at most " + MOST_BYTES + ")");
        }
    }
}
