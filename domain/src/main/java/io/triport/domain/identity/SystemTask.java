package io.triport.domain.identity;

import io.triport.domain.request.TaskName;

/**
 * Work that nobody asked for, such as reclaiming space. Implemented only by enums, so that the tasks of an app and what each
 * may do are fixed when it is compiled.
 */
public interface SystemTask {
    TaskName taskName();

    Permissions permissions();
}
