package io.triport.manager.backup;

import io.triport.domain.object.ObjectKey;
import io.triport.domain.request.Bytes;
import io.triport.manager.answer.Problem;

/** Where values of a namespace lie as objects: in a folder of its own. @param path behind that, such as {@code prefix/key} */
public record ObjectPath(String namespace, String path) {
    private static final int MOST_PREFIX_BYTES = 400;

    /** A prefix as somebody wishes it. @throws io.triport.manager.answer.Refused INVALID_ARGUMENT */
    public static String prefix(String text) {
        var clean = text.replaceFirst("/+$", "");
        if (clean.startsWith("/") || Bytes.utf8(clean).size() > MOST_PREFIX_BYTES) {
            throw Problem.INVALID_ARGUMENT.refused(
                    "prefix must have at most " + MOST_PREFIX_BYTES + " bytes and not begin with a slash");
        }
        return clean;
    }

    /** @param prefix empty for none */
    public static ObjectPath of(String namespace, String prefix, String key) {
        return new ObjectPath(namespace, prefix.isEmpty() ? key : prefix + "/" + key);
    }

    static String folder(String namespace) {
        return "objects/" + namespace + "/";
    }

    public ObjectKey key() {
        return ObjectKey.of(folder(namespace) + path);
    }
}
