package io.triport.domain.durable;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;

/** What people call an object within its class: 1 to 1024 bytes of UTF-8. */
public record ObjectName(Bytes bytes) {
    private static final int MOST = 1_024;

    /** @throws InvalidInput when empty, above 1024 bytes, or not UTF-8 */
    public ObjectName {
        if (bytes.isEmpty() || bytes.size() > MOST || !isUtf8(bytes)) {
            throw malformed();
        }
    }

    /** @throws InvalidInput as above, a lone surrogate being no UTF-8 */
    public static ObjectName of(String text) {
        try {
            return new ObjectName(Bytes.utf8(text));
        } catch (InvalidInput e) {
            throw malformed();
        }
    }

    public String text() {
        return bytes.toUtf8();
    }

    /** The size alone: names are a client's. */
    @Override
    public String toString() {
        return "ObjectName[" + bytes.size() + " bytes]";
    }

    private static boolean isUtf8(Bytes bytes) {
        try {
            return bytes.toUtf8().length() > 0;
        } catch (InvalidInput e) {
            return false;
        }
    }

    private static InvalidInput malformed() {
        return new InvalidInput("name", "1.." + MOST + " bytes of UTF-8");
    }
}
