package io.triport.manager.job;

import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import java.util.function.BiConsumer;

/** How jobs get at data: under the grant of their task, which ends with the work. */
@FunctionalInterface
public interface SystemAccess {
    void under(BiConsumer<Grant, Storage> work);
}
