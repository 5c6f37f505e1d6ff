"""Following up after a measure: every attempt, whatever came of it. Towns, stations and centres; 戒毒条例
art. 18."""
