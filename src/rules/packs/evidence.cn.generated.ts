// Made from packs/cn/evidence.cn.yaml by scripts/build-packs.mjs. Change that file, not this one.
import type { EvidencePack } from '../pack.js';

export const EVIDENCE_CN: EvidencePack = {
 "kind": "evidence",
 "pack": "evidence.cn",
 "layer": "forum",
 "status": "inference",
 "anchorWithinH": 24,
 "occasionWithinH": 24,
 "standards": {
  "prima-facie": [
   {
    "left": "pro",
    "compare": ">=",
    "right": 2
   }
  ],
  "preponderance": [
   {
    "left": "pro",
    "compare": ">=",
    "right": 2
   },
   {
    "left": "pro",
    "compare": ">",
    "right": "con"
   }
  ],
  "high": [
   {
    "left": "pro",
    "compare": ">=",
    "right": 3
   },
   {
    "left": "pro",
    "compare": ">",
    "right": "con"
   }
  ],
  "beyond-doubt": [
   {
    "left": "pro",
    "compare": ">=",
    "right": 4
   },
   {
    "left": "con",
    "compare": "<=",
    "right": 1
   }
  ]
 },
 "grades": [
  {
   "id": "G0",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "integrity",
      "is": "broken"
     }
    }
   ],
   "grade": 0,
   "cite": null
  },
  {
   "id": "G0a",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "integrity",
      "is": "adverse-only"
     }
    },
    {
     "not": true,
     "predicate": {
      "asks": "issued-by-hurt"
     }
    }
   ],
   "grade": 0,
   "cite": null
  },
  {
   "id": "G5",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "issued-by-hurt"
     }
    }
   ],
   "grade": 5,
   "cite": "Evid. Rules 93-94"
  },
  {
   "id": "G4a",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "counter-signed-by-hurt"
     }
    }
   ],
   "grade": 4,
   "cite": null
  },
  {
   "id": "G4b",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "kind",
      "of": [
       "accredited-full"
      ]
     }
    },
    {
     "not": false,
     "predicate": {
      "asks": "scope-covers"
     }
    }
   ],
   "grade": 4,
   "cite": null
  },
  {
   "id": "G3a",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "neutral"
     }
    },
    {
     "not": true,
     "predicate": {
      "asks": "helping-itself"
     }
    }
   ],
   "grade": 3,
   "cite": "Evid. Rules 93-94"
  },
  {
   "id": "G3b",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "kind",
      "of": [
       "instrument",
       "platform-log"
      ]
     }
    }
   ],
   "grade": 3,
   "cite": "Evid. Rules 93-94"
  },
  {
   "id": "G2",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "kind",
      "of": [
       "accredited-full",
       "own-record"
      ]
     }
    }
   ],
   "grade": 2,
   "cite": null
  },
  {
   "id": "G1",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "kind",
      "of": [
       "label",
       "statement"
      ]
     }
    }
   ],
   "grade": 1,
   "cite": "Evid. Rules 90"
  }
 ],
 "lifts": [
  {
   "id": "L-secured",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "secured"
     }
    }
   ],
   "cite": "Online Litigation Rules 16-17"
  },
  {
   "id": "L-occasion",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "neutral-of-occasion"
     }
    }
   ],
   "cite": null
  },
  {
   "id": "L-opposed",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "opposed-record"
     }
    }
   ],
   "cite": null
  }
 ],
 "caps": [
  {
   "id": "CE-04",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "kind",
      "of": [
       "statement"
      ]
     }
    },
    {
     "not": true,
     "predicate": {
      "asks": "line",
      "of": [
       "G4a",
       "G5"
      ]
     }
    }
   ],
   "to": 1,
   "cite": "Evid. Rules 90"
  },
  {
   "id": "CE-02",
   "when": [
    {
     "not": true,
     "predicate": {
      "asks": "timely"
     }
    },
    {
     "not": false,
     "predicate": {
      "asks": "line",
      "of": [
       "G2",
       "G3b"
      ]
     }
    }
   ],
   "to": 1,
   "cite": "Online Litigation Rules 18"
  },
  {
   "id": "C-cut",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "after-cut"
     }
    },
    {
     "not": true,
     "predicate": {
      "asks": "line",
      "of": [
       "G4a",
       "G5"
      ]
     }
    }
   ],
   "to": 1,
   "cite": null
  },
  {
   "id": "C-cal",
   "when": [
    {
     "not": false,
     "predicate": {
      "asks": "calibration-lapsed"
     }
    },
    {
     "not": true,
     "predicate": {
      "asks": "line",
      "of": [
       "G5"
      ]
     }
    }
   ],
   "to": 2,
   "cite": null
  },
  {
   "id": "C-path",
   "when": [
    {
     "not": true,
     "predicate": {
      "asks": "trusted-path"
     }
    },
    {
     "not": true,
     "predicate": {
      "asks": "secured"
     }
    },
    {
     "not": true,
     "predicate": {
      "asks": "counter-signed-by-trusted"
     }
    },
    {
     "not": true,
     "predicate": {
      "asks": "line",
      "of": [
       "G5"
      ]
     }
    }
   ],
   "to": 1,
   "cite": null
  }
 ]
};
