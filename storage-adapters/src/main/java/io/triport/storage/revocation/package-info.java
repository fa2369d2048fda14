/**
 * What was revoked, held in memory and brought up to date from the tables of whichever technology keeps it. Start reading at
 * {@link io.triport.storage.revocation.FollowedRevocationList}; {@link io.triport.storage.revocation.Revocations} opens one,
 * and a technology brings a {@link io.triport.storage.revocation.RevocationSource}.
 */
@NullMarked
package io.triport.storage.revocation;

import org.jspecify.annotations.NullMarked;
