package io.triport.identity.workload;

import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.util.concurrent.Executor;

/** Time, chance and threads for renewals. @param executor runs calls that wait for the network */
public record WorkloadMeans(Clock clock, Ticker ticker, Randomness randomness, Executor executor) {}
