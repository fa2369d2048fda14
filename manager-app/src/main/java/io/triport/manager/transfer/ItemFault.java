package io.triport.manager.transfer;

import java.util.Locale;

/** Why an item cannot be written; the codes are those of the API. */
public enum ItemFault {
    INVALID_ARGUMENT,
    TTL_TOO_SMALL,
    KEY_TOO_LONG,
    VALUE_TOO_LARGE,
    METADATA_TOO_LARGE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
