package io.triport.manager.key;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a delete leaves behind. */
public enum Keeping {
    /** What the key was, as the namespace's settings say. */
    VERSIONS,
    /** On a full disk, since a kept value needs as much room as the delete makes. */
    NOTHING;

    /** What the audit says of it. */
    public static ObjectNode told(ObjectNode details) {
        return details.put("version_kept", false);
    }
}
