/** What Java has no words for: real-time priority and memory that stays in memory, by system. Refusal is a value, never a fault. */
package org.continuo.bridge.os;
