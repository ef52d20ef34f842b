/**
 * What Java has no words for: real-time priority and memory that stays in memory, by system, where refusal is a value, never a
 * fault; and why native code does not load.
 */
package org.continuo.bridge.os;
