package io.triport.e2e.planted.rule04.app;

import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.request.TaskName;

/** Planted: a task whose rights are made up when it runs. */
record AnyTask(TaskName taskName, Permissions permissions) implements SystemTask {}
