package io.triport.identity.launch;

import io.triport.domain.identity.SystemTask;

/** What the system does before the first request, under the grant of its task; where it fails, the app does not start. */
public record OnStart(SystemTask task, TickWork work) {}
